// Days per holder as one stacked bar; the words below say the same.
import { plural } from '@/lib/format';
import classes from './HeldBar.module.css';
import { holderLabel } from './holders';

export function HeldBar({ parts }: { parts: { holder: string; days: number }[] }) {
  const shown = parts.filter((part) => part.days > 0);
  if (shown.length === 0) return null;
  return (
    <>
      <div className={classes.bar} aria-hidden="true">
        {shown.map((part) => (
          <i key={part.holder} data-holder={part.holder} style={{ flexGrow: part.days }} />
        ))}
      </div>
      <ul className={classes.words}>
        {shown.map((part) => (
          <li key={part.holder}>
            <i data-holder={part.holder} aria-hidden="true" />
            {holderLabel(part.holder)} <span className="num">{plural(part.days, 'day')}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
