// What could not be done, filing by filing.
import { Button, Modal } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { BulkAnswer } from '@/api/types';
import { plural } from '@/lib/format';

export function BulkResults({ answer, onClose }: { answer: BulkAnswer; onClose: () => void }) {
  const left = answer.results.filter((row) => row.error);
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={`${answer.done} done, ${answer.failed} could not`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className="z-stack-lg">
        <p className="z-2" style={{ margin: 0 }}>
          {plural(left.length, 'filing')} stayed as before:
        </p>
        <ul className="z-stack" style={{ maxHeight: '50vh', overflowY: 'auto', margin: 0, paddingLeft: 18 }}>
          {left.map((row) => (
            <li key={row.id}>
              {row.code ? (
                <Link to="/filings/$filingId" params={{ filingId: String(row.id) }} className="z-strong">
                  {row.code} {row.periodLabel}, {row.clientName}
                </Link>
              ) : (
                <span className="z-strong">Filing {row.id}</span>
              )}
              <div className="z-2">{row.error}</div>
            </li>
          ))}
        </ul>
        <div className="z-row" style={{ justifyContent: 'flex-end' }}>
          <Button onClick={onClose} size="sm" data-autofocus>
            Back to the list
          </Button>
        </div>
      </div>
    </Modal>
  );
}
