// The clients that look like the one being saved, each with what matched.
import { IconCopy } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { toApiError } from '@/api/error';

export type Twin = { id: number; clientName: string; matchedOn: string };

/** The duplicates named in a refused save; empty for any other error. */
export function duplicatesOf(error: unknown): Twin[] {
  if (!error) return [];
  const fault = toApiError(error);
  const list = fault.body.duplicates;
  return fault.status === 409 && Array.isArray(list) ? (list as Twin[]) : [];
}

const WORDS: Record<string, string> = { pan: 'same PAN', cin: 'same CIN', gstin: 'same GSTIN', name: 'same name' };

export function Duplicates({ twins }: { twins: Twin[] }) {
  return (
    <div className="z-notice" data-tone="warn">
      <IconCopy size={16} aria-hidden="true" />
      <div>
        <p className="z-strong">You may have this client already.</p>
        <ul style={{ margin: '4px 0 0', paddingInlineStart: 16 }}>
          {twins.map((twin) => (
            <li key={`${twin.id}-${twin.matchedOn}`}>
              <Link to="/clients/$clientId/{-$tab}" params={{ clientId: String(twin.id) }} target="_blank">
                {twin.clientName}
              </Link>
              , {WORDS[twin.matchedOn] ?? twin.matchedOn}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
