// The client's people: name, what they do, how to reach them.

import { Suspense, useState } from 'react';
import type { Client, Contact } from '@/api/types';
import { useCan } from '@/app/me';
import { Initials } from '@/components/Initials';
import { WriteButton } from '@/components/WriteButton';
import { ContactDialog } from './dialogs';

export function ContactsCard({ client }: { client: Client }) {
  const edit = useCan()('clients.edit');
  const [editing, setEditing] = useState<Contact | 'new' | null>(null);
  return (
    <section className="z-card" aria-labelledby="contacts">
      <header>
        <h2 id="contacts">Contacts</h2>
        {edit && (
          <WriteButton variant="default" ml="auto" onClick={() => setEditing('new')}>
            Add contact
          </WriteButton>
        )}
      </header>
      <ul>
        {client.contacts.map((contact) => (
          <li key={contact.id} className="z-card-row" style={{ flexWrap: 'wrap' }}>
            <Initials name={contact.name} />
            <span className="z-grow">
              <span className="z-strong">{contact.name}</span>{' '}
              {contact.primary && <span className="z-tag">Primary</span>}
              <span className="z-2 z-small" style={{ display: 'block' }}>
                {contact.designation}
              </span>
            </span>
            {contact.email && <a href={`mailto:${contact.email}`}>{contact.email}</a>}
            {contact.phone && (
              <a className="num z-nowrap" href={`tel:${contact.phone.replace(/\s/g, '')}`}>
                {contact.phone}
              </a>
            )}
            {edit && (
              <WriteButton
                variant="subtle"
                color="gray"
                aria-label={`Change ${contact.name}`}
                onClick={() => setEditing(contact)}
              >
                Change
              </WriteButton>
            )}
          </li>
        ))}
        {client.contacts.length === 0 && <li className="z-card-row z-2">Nobody on record.</li>}
      </ul>
      {editing && (
        <Suspense fallback={null}>
          <ContactDialog
            clientId={client.id}
            contact={editing === 'new' ? null : editing}
            onClose={() => setEditing(null)}
          />
        </Suspense>
      )}
    </section>
  );
}
