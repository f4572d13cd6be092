// The facts that decide which returns apply. A change shows what it does to the filings before it applies.

import { IconHelpCircle } from '@tabler/icons-react';
import { Suspense, useState } from 'react';
import type { Client } from '@/api/types';
import { useCan } from '@/app/me';
import { None } from '@/components/Cells';
import { WriteButton } from '@/components/WriteButton';
import { formatDate } from '@/lib/format';
import classes from './ClientPage.module.css';
import { FactDialog } from './dialogs';
import { factText } from './factText';

export function FactsCard({ client, today }: { client: Client; today: string }) {
  const edit = useCan()('clients.edit');
  const [editing, setEditing] = useState<string | null>(null);
  return (
    <div className="z-stack-lg">
      {client.needsFacts.length > 0 && (
        <section className="z-card" aria-labelledby="needed">
          <header>
            <h2 id="needed">Not known yet</h2>
            <span className="z-2">Until answered, the returns they decide are left out or assumed.</span>
          </header>
          <ul>
            {client.needsFacts.map((fact) => (
              <li key={fact.key} className="z-card-row">
                <IconHelpCircle size={16} aria-hidden="true" style={{ color: 'var(--z-info-mark)' }} />
                <span className="z-grow">
                  <span className="z-strong">{fact.title}</span>{' '}
                  <span className="z-2">decides {fact.decides.join(', ')}</span>
                </span>
                {edit && (
                  <WriteButton variant="default" onClick={() => setEditing(fact.key)}>
                    Answer
                  </WriteButton>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className="z-card" aria-labelledby="facts">
        <header>
          <h2 id="facts">Facts</h2>
          {edit && (
            <WriteButton variant="default" ml="auto" onClick={() => setEditing('')}>
              Add or change a fact
            </WriteButton>
          )}
        </header>
        {client.facts.length === 0 ? (
          <p className="z-card-body z-2">No facts yet. They decide which returns apply and when.</p>
        ) : (
          <div className={classes.scroll}>
            <table className={classes.rows}>
              <caption className="z-hide">Facts</caption>
              <thead>
                <tr>
                  <th scope="col">Fact</th>
                  <th scope="col">Value</th>
                  <th scope="col">In force from</th>
                  <th scope="col">
                    <span className="z-hide">Action</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {client.facts.map((fact) => (
                  <tr key={`${fact.key}-${fact.validFrom}`}>
                    <td>
                      <span className="z-strong">{fact.title}</span>
                      {fact.help && <div className="z-2 z-small">{fact.help}</div>}
                    </td>
                    <td className="num">{factText(fact) ?? <None />}</td>
                    <td className="num z-nowrap">{fact.validFrom ? formatDate(fact.validFrom) : 'Always'}</td>
                    <td>
                      {edit && (
                        <WriteButton
                          variant="subtle"
                          color="gray"
                          aria-label={`Change ${fact.title}`}
                          onClick={() => setEditing(fact.key)}
                        >
                          Change
                        </WriteButton>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
      {editing !== null && (
        <Suspense fallback={null}>
          <FactDialog client={client} factKey={editing} today={today} onClose={() => setEditing(null)} />
        </Suspense>
      )}
    </div>
  );
}
