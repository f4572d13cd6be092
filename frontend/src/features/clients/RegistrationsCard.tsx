// Registrations per regulator: which licence, its number, its validity. They decide which returns apply.

import { Suspense, useState } from 'react';
import type { Client, Registration } from '@/api/types';
import { useCan } from '@/app/me';
import { None } from '@/components/Cells';
import { CopyText } from '@/components/Identifier';
import { WriteButton } from '@/components/WriteButton';
import { formatCount, formatDate, humanise } from '@/lib/format';
import classes from './ClientPage.module.css';
import { RegistrationDialog } from './dialogs';

export function RegistrationsCard({ client, today }: { client: Client; today: string }) {
  const edit = useCan()('clients.edit');
  const [editing, setEditing] = useState<Registration | 'new' | null>(null);
  return (
    <section className="z-card" aria-labelledby="registrations">
      <header>
        <h2 id="registrations">Registrations</h2>
        <span className="z-2 num">{formatCount(client.registrations.length)}</span>
        {edit && (
          <WriteButton variant="default" ml="auto" onClick={() => setEditing('new')}>
            Add registration
          </WriteButton>
        )}
      </header>
      {client.registrations.length === 0 ? (
        <p className="z-card-body z-2">No registrations yet. Add one and ZippCRM plans its returns.</p>
      ) : (
        <div className={classes.scroll}>
          <table className={classes.rows}>
            <caption className="z-hide">Registrations</caption>
            <thead>
              <tr>
                <th scope="col">Registration</th>
                <th scope="col">Number</th>
                <th scope="col">Valid</th>
                <th scope="col">Status</th>
                <th scope="col">
                  <span className="z-hide">Action</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {client.registrations.map((one) => (
                <tr key={one.id}>
                  <td>
                    <span className="z-row">
                      <span className="z-tag">{one.regulator}</span>
                      <span className="z-strong">{one.categoryTitle}</span>
                    </span>
                  </td>
                  <td>
                    {one.registrationNo ? (
                      <span className="z-row" style={{ gap: 4 }}>
                        <span className="mono">{one.registrationNo}</span>
                        <CopyText value={one.registrationNo} label="number" />
                      </span>
                    ) : (
                      <None />
                    )}
                  </td>
                  <td className="num">{one.validTo ? `to ${formatDate(one.validTo)}` : 'No expiry'}</td>
                  <td className="z-2">{humanise(one.status)}</td>
                  <td>
                    {edit && (
                      <WriteButton
                        variant="subtle"
                        color="gray"
                        aria-label={`Change ${one.regulator} ${one.categoryTitle}`}
                        onClick={() => setEditing(one)}
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
      {editing && (
        <Suspense fallback={null}>
          <RegistrationDialog
            client={client}
            registration={editing === 'new' ? null : editing}
            today={today}
            onClose={() => setEditing(null)}
          />
        </Suspense>
      )}
    </section>
  );
}
