// Fields before and after, in words; the words that differ are marked. Side by side, or in one line on a phone.
import { Button } from '@mantine/core';
import { IconChevronDown, IconMinus, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { Sight } from '@/api/types';
import { plural } from '@/lib/format';
import classes from './Approvals.module.css';
import { type Part, wordMarks } from './words';

type LineOf = Sight['sections'][number]['lines'][number];

export function Diff({ sight, inline, caption }: { sight: Sight; inline: boolean; caption: string }) {
  const [unfolded, setUnfolded] = useState(false);
  const same = sight.same.length;
  return (
    <div className="z-card">
      <table className={classes.diff}>
        <caption className="z-hide">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Field</th>
            {inline ? (
              <th scope="col">Before and after</th>
            ) : (
              <>
                <th scope="col">
                  <IconMinus size={14} color="var(--z-danger-fg)" aria-hidden="true" /> Before
                </th>
                <th scope="col">
                  <IconPlus size={14} color="var(--z-success-fg)" aria-hidden="true" /> After
                </th>
              </>
            )}
          </tr>
        </thead>
        {sight.sections.map((section) => (
          <tbody key={section.title}>
            <tr className={classes.section}>
              <th scope="rowgroup" colSpan={inline ? 2 : 3}>
                {section.title}
              </th>
            </tr>
            {section.lines.map((line) => (
              <Row key={line.label} line={line} inline={inline} />
            ))}
          </tbody>
        ))}
        {unfolded && (
          <tbody>
            <tr className={classes.section}>
              <th scope="rowgroup" colSpan={inline ? 2 : 3}>
                Stays as it is
              </th>
            </tr>
            {sight.same.map((one) => (
              <tr key={one.label}>
                <th scope="row">{one.label}</th>
                <td colSpan={inline ? 1 : 2} className="z-2">
                  {one.value}
                </td>
              </tr>
            ))}
          </tbody>
        )}
      </table>
      {same > 0 ? (
        <div className="z-card-body">
          <Button
            variant="subtle"
            leftSection={<IconChevronDown size={14} style={unfolded ? { rotate: '180deg' } : undefined} />}
            aria-expanded={unfolded}
            onClick={() => setUnfolded(!unfolded)}
          >
            {unfolded ? 'Hide' : 'Show'} {plural(same, 'field')} that {same === 1 ? 'does' : 'do'} not change
          </Button>
        </div>
      ) : (
        sight.unchanged > 0 && (
          <p className="z-card-body z-2" style={{ margin: 0 }}>
            {plural(sight.unchanged, 'field')} {sight.unchanged === 1 ? 'does' : 'do'} not change.
          </p>
        )
      )}
    </div>
  );
}

function Row({ line, inline }: { line: LineOf; inline: boolean }) {
  const { before, after } = line;
  const marks = wordMarks(before ?? '', after ?? '');
  const old = before == null ? <span className={classes.none}>Not on record</span> : <Marked parts={marks.before} />;
  const now = after == null ? <span className={classes.none}>Removed</span> : <Marked parts={marks.after} />;
  return (
    <tr>
      <th scope="row">{line.label}</th>
      {inline ? (
        <td>
          <span className={classes.one}>
            {before != null && (
              <span className={classes.before}>
                <span className="z-hide">Before: </span>
                {old}
              </span>
            )}
            <span className={classes.after}>
              <span className="z-hide">After: </span>
              {now}
            </span>
          </span>
        </td>
      ) : (
        <>
          <td className={before == null ? undefined : classes.before}>{old}</td>
          <td className={after == null ? undefined : classes.after}>{now}</td>
        </>
      )}
    </tr>
  );
}

function Marked({ parts }: { parts: Part[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: stretches of one text have no other name
  return parts.map((part, at) => (part.mark ? <mark key={at}>{part.text}</mark> : <span key={at}>{part.text}</span>));
}
