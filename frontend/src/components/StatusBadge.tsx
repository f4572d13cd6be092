// A filing's status, always as colour, shape and word. Rows: icon and word; headers: a pill; breached is filled everywhere.
import { filingLook, type StatusLook } from '@/lib/status';
import classes from './StatusBadge.module.css';

type Props = { status: string; pill?: boolean; detail?: string };

export function StatusBadge({ status, pill, detail }: Props) {
  return <StateBadge look={filingLook(status)} pill={pill ?? status === 'breached'} detail={detail} />;
}

/** Any state with its own look (client status, risk, import). */
export function StateBadge({ look, pill, detail }: { look: StatusLook; pill?: boolean; detail?: string }) {
  const Icon = look.icon;
  return (
    <span className={pill || look.tone === 'critical' ? classes.pill : classes.plain} data-tone={look.tone}>
      <Icon size={14} aria-hidden="true" />
      {look.label}
      {detail && <span>· {detail}</span>}
    </span>
  );
}

/** The shape alone, with the word for screen readers: for dense grids with a legend. */
export function StatusGlyph({ status }: { status: string }) {
  const look = filingLook(status);
  const Icon = look.icon;
  return (
    <span className={classes.plain} data-tone={look.tone} title={look.label}>
      <Icon size={16} aria-hidden="true" />
      <span className="z-hide">{look.label}</span>
    </span>
  );
}
