// A person as two letters in a circle; the name is the tooltip and what a screen reader says.
import { initials } from '@/lib/format';

export function Initials({ name, quiet = true }: { name: string; quiet?: boolean }) {
  const circle = (
    <span className="z-initials" title={name} aria-hidden="true">
      {initials(name)}
    </span>
  );
  if (quiet) return circle;
  return (
    <>
      {circle}
      <span className="z-hide">{name}</span>
    </>
  );
}
