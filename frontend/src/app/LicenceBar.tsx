// Says that the licence is about to make the workspace read-only, or has. The countdown is for those who can do something.
import { IconAlertTriangle, IconLock } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { dateOf, daysBetween, formatDate, plural } from '@/lib/format';
import { useMe } from './me';

export default function LicenceBar() {
  const me = useMe();
  const { mode, validUntil, source } = me.entitlements;
  const manages = me.permissions.includes('licence.manage');
  if (mode.kind === 'full' || !mode.readOnlyFrom) return null;
  const day = formatDate(dateOf(mode.readOnlyFrom));
  if (mode.kind === 'read_only') {
    return (
      <div className="z-notice" data-tone="warn" role="status">
        <IconLock size={16} aria-hidden="true" />
        <p>
          Read-only since {day}. You can view, export, print and record filings.{' '}
          {manages ? <Link to="/settings/licence">Fix</Link> : 'Ask an administrator of your firm.'}
        </p>
      </div>
    );
  }
  if (!manages) return null;
  const days = mode.checkedAt ? daysBetween(dateOf(mode.checkedAt), me.today) : 0;
  const trying = source === 'evaluation' ? 'The evaluation' : 'The licence';
  const why =
    mode.why === 'ended'
      ? `${trying} ended on ${formatDate(dateOf(validUntil ?? mode.readOnlyFrom))}.`
      : `Licence not checked for ${plural(days, 'day')}.`;
  return (
    <div className="z-notice" data-tone="warn" role="status">
      <IconAlertTriangle size={16} aria-hidden="true" />
      <p>
        {why} Read-only starts on {day}. <Link to="/settings/licence">Fix</Link>
      </p>
    </div>
  );
}
