// Events that dates hang on: AGM, auditor appointed and so on. Recording one shows which filings re-date.

import { Suspense, useState } from 'react';
import type { Client, ClientEvent } from '@/api/types';
import { useCan } from '@/app/me';
import { None } from '@/components/Cells';
import { WriteButton } from '@/components/WriteButton';
import { formatDate, formatInstant } from '@/lib/format';
import classes from './ClientPage.module.css';
import { EventDialog, RemoveEventDialog } from './dialogs';

export function EventsCard({ client, today }: { client: Client; today: string }) {
  const edit = useCan()('clients.edit');
  const [recording, setRecording] = useState(false);
  const [removing, setRemoving] = useState<ClientEvent | null>(null);
  return (
    <section className="z-card" aria-labelledby="events">
      <header>
        <h2 id="events">Events</h2>
        {edit && (
          <WriteButton variant="default" ml="auto" onClick={() => setRecording(true)}>
            Record an event
          </WriteButton>
        )}
      </header>
      {client.events.length === 0 ? (
        <p className="z-card-body z-2">
          No events yet. Record the AGM date and the returns that wait for it get their dates.
        </p>
      ) : (
        <div className={classes.scroll}>
          <table className={classes.rows}>
            <caption className="z-hide">Events</caption>
            <thead>
              <tr>
                <th scope="col">Event</th>
                <th scope="col">Held on</th>
                <th scope="col">For</th>
                <th scope="col">Recorded</th>
                <th scope="col">
                  <span className="z-hide">Action</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {client.events.map((event) => (
                <tr key={event.id}>
                  <td>
                    <span className="z-strong">{event.title}</span>
                    {event.note && <div className="z-2 z-small">{event.note}</div>}
                  </td>
                  <td className="num z-nowrap">{formatDate(event.on)}</td>
                  <td>{event.forPeriod ?? <None />}</td>
                  <td className="z-2">
                    {event.recordedBy?.displayName ?? 'ZippCRM'}, {formatInstant(event.recordedAt)}
                  </td>
                  <td>
                    {edit && (
                      <WriteButton
                        variant="subtle"
                        color="gray"
                        aria-label={`Take back ${event.title} of ${formatDate(event.on)}`}
                        onClick={() => setRemoving(event)}
                      >
                        Take back
                      </WriteButton>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {recording && (
        <Suspense fallback={null}>
          <EventDialog client={client} today={today} onClose={() => setRecording(false)} />
        </Suspense>
      )}
      {removing && (
        <Suspense fallback={null}>
          <RemoveEventDialog client={client} event={removing} onClose={() => setRemoving(null)} />
        </Suspense>
      )}
    </section>
  );
}
