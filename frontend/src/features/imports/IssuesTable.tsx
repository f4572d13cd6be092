// Every error and warning with its row, column and value.
import { IconAlertCircle, IconAlertTriangle, IconCircleCheckFilled } from '@tabler/icons-react';
import type { Import } from '@/api/types';
import { EmptyNote } from '@/components/EmptyNote';
import { formatCount } from '@/lib/format';
import classes from './Imports.module.css';

export function IssuesTable({ one }: { one: Import }) {
  const { issues, issuesTotal } = one;
  if (issuesTotal === 0 && one.status !== 'checked') return null;
  return (
    <section className="z-card" aria-labelledby="issues">
      <header>
        <h2 id="issues">Errors and warnings</h2>
        <span className="z-2 num">{formatCount(issuesTotal)}</span>
      </header>
      {issues.length === 0 ? (
        <EmptyNote icon={IconCircleCheckFilled} text="No errors. Every cell was understood." />
      ) : (
        <section
          className={classes.scroll}
          style={{ maxHeight: 420, overflowY: 'auto' }}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
          tabIndex={0}
          aria-label="Errors and warnings, scrolls"
        >
          <table className={classes.table}>
            <caption className="z-hide">Errors and warnings</caption>
            <thead>
              <tr>
                <th scope="col">Kind</th>
                <th scope="col" data-align="right">
                  Row
                </th>
                <th scope="col">Column</th>
                <th scope="col">Value</th>
                <th scope="col">What is wrong</th>
              </tr>
            </thead>
            <tbody>
              {issues.map((issue) => (
                <tr key={`${issue.row}-${issue.column}-${issue.field}-${issue.message}`}>
                  <td className="z-nowrap">
                    {issue.severity === 'error' ? (
                      <span className="z-row z-late">
                        <IconAlertCircle size={14} aria-hidden="true" /> Error
                      </span>
                    ) : (
                      <span className="z-row z-warn">
                        <IconAlertTriangle size={14} aria-hidden="true" /> Warning
                      </span>
                    )}
                  </td>
                  <td data-align="right">{formatCount(issue.row)}</td>
                  <td>{issue.header ?? issue.field}</td>
                  <td className="mono">{issue.value}</td>
                  <td>{issue.message}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {issuesTotal > issues.length && (
        <p className="z-card-body z-2">
          The first {formatCount(issues.length)} of {formatCount(issuesTotal)}. The copy with errors has them all.
        </p>
      )}
    </section>
  );
}
