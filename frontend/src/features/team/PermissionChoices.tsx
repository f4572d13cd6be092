// The list of permissions as boxes; what one does not have oneself cannot be given.
import { Checkbox } from '@mantine/core';
import { useCan } from '@/app/me';
import classes from './Team.module.css';

type Props = {
  all: { name: string; title: string }[];
  chosen: string[];
  onChange: (chosen: string[]) => void;
  error?: string;
};

export function PermissionChoices({ all, chosen, onChange, error }: Props) {
  const can = useCan();
  return (
    <Checkbox.Group label="May" value={chosen} onChange={onChange} error={error}>
      <div className={classes.choices}>
        {all.map((one) => (
          <Checkbox key={one.name} value={one.name} label={one.title} disabled={!can(one.name)} />
        ))}
      </div>
    </Checkbox.Group>
  );
}
