// The four steps of an import.
import classes from './Imports.module.css';

const STEPS = ['Upload', 'Match columns and check', 'Write', 'Done'];

export function Steps({ at }: { at: number }) {
  return (
    <ol className={classes.steps} aria-label="Steps of the import">
      {STEPS.map((step, index) => (
        <li key={step} aria-current={index === at ? 'step' : undefined}>
          <i aria-hidden="true">{index < at ? '✓' : index + 1}</i>
          {step}
        </li>
      ))}
    </ol>
  );
}
