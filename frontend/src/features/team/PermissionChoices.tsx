// The list of permissions as boxes; what one does not have oneself cannot be given.
import { Checkbox } from '@mantine/core';
import { useCan } from '@/app/me';
import { byArea, type Named } from './areas';
import classes from './Team.module.css';

type Props = {
  all: Named[];
  chosen: string[];
  onChange: (chosen: string[]) => void;
  error?: string;
};

export function PermissionChoices({ all, chosen, onChange, error }: Props) {
  const can = useCan();
  return (
    <Checkbox.Group
      label="May"
      description={
        all.some((one) => !can(one.name)) ? 'What you may not do yourself cannot be given by you.' : undefined
      }
      value={chosen}
      onChange={onChange}
      error={error}
    >
      <div className={classes.choices}>
        {byArea(all).map(({ area, items }) => (
          <fieldset key={area} className={classes.choice}>
            <legend>{area}</legend>
            {items.map((one) => (
              <Checkbox key={one.name} value={one.name} label={one.title} disabled={!can(one.name)} />
            ))}
          </fieldset>
        ))}
      </div>
    </Checkbox.Group>
  );
}
