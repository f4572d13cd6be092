// How a filing ended: filed with its number, or waived or not applicable with the reason.
import { IconBan, IconCircleCheckFilled } from '@tabler/icons-react';
import type { FilingDetail } from '@/api/types';
import { formatDate, formatInstant, lateWords } from '@/lib/format';

export function ClosureNotice({ filing }: { filing: FilingDetail }) {
  const { closure } = filing;
  if (!closure) return null;
  const by = `${closure.by?.displayName ?? 'ZippCRM'}, ${formatInstant(closure.at)}`;
  if (closure.kind === 'filed') {
    const late = filing.status === 'filed_late';
    return (
      <div className="z-notice" data-tone={late ? 'warn' : 'success'}>
        <IconCircleCheckFilled size={16} aria-hidden="true" />
        <div>
          <p className="z-strong">
            Filed on {formatDate(closure.on ?? filing.filedOn)}
            {closure.nil ? ', nil return' : ''}
            {late ? `, ${lateWords(filing.daysLate)} against ${formatDate(filing.legalDueOn)}` : ''}
          </p>
          <p>
            {filing.acknowledgementNo ? (
              <>
                Acknowledgement <span className="mono">{filing.acknowledgementNo}</span>
              </>
            ) : (
              `No acknowledgement number: ${closure.exception ?? closure.reason ?? 'no reason on record'}`
            )}
          </p>
          <p className="z-small">{by}</p>
        </div>
      </div>
    );
  }
  return (
    <div className="z-notice" data-tone="neutral">
      <IconBan size={16} aria-hidden="true" />
      <div>
        <p className="z-strong">{closure.kind === 'waived' ? 'Waived' : 'Not applicable'}</p>
        <p>{closure.reason}</p>
        <p className="z-small">{by}</p>
      </div>
    </div>
  );
}
