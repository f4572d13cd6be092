// What recording or taking back would do, client by client: the sums first, each client's own dates under its name.
import type { EventsAnswer } from '@/api/types';
import { DiffPreview } from '@/features/clients/DiffPreview';
import { plural } from '@/lib/format';
import classes from './EventsDiff.module.css';

/** "9 filings get a new date, 3 appear". */
export function sums(answer: EventsAnswer): string {
  const parts = [
    answer.moved > 0 && `${plural(answer.moved, 'filing')} ${answer.moved === 1 ? 'gets' : 'get'} a new date`,
    answer.added > 0 && `${answer.added} ${answer.added === 1 ? 'appears' : 'appear'}`,
    answer.removed > 0 && `${answer.removed} ${answer.removed === 1 ? 'goes' : 'go'}`,
  ].filter(Boolean);
  return parts.length ? parts.join(', ') : 'No filing changes';
}

export function EventsDiff({ answer }: { answer: EventsAnswer }) {
  const refused = answer.results.filter((one) => one.error);
  const good = answer.results.filter((one) => one.diff);
  return (
    <section aria-label="What would change at each client" className="z-stack">
      <p className="z-strong" style={{ margin: 0 }} role="status">
        {plural(good.length, 'client')}: {sums(answer)}
        {refused.length > 0 && `. ${refused.length} cannot be done`}.
      </p>
      <ul className={classes.list}>
        {refused.map((one) => (
          <li key={`${one.clientId}-${one.eventId}`} className={classes.refused}>
            <span className="z-strong">{one.clientName ?? 'Not there'}</span> stays as it is: {one.error}
          </li>
        ))}
        {good.map((one) => (
          <li key={`${one.clientId}-${one.eventId}`}>
            <details open={good.length <= 3}>
              <summary>
                <span className="z-strong">{one.clientName}</span>{' '}
                <span className="z-2">{plural(one.diff?.moved.length ?? 0, 'new date')}</span>
              </summary>
              {one.diff && <DiffPreview diff={one.diff} />}
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}
