// Portals that did not work while somebody tried to file: evidence for later. A wrong entry is struck through, never removed.
import { Button } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import type { FilingDetail, PortalProblem } from '@/api/types';
import { useCan } from '@/app/me';
import { formatBytes, formatInstant } from '@/lib/format';
import classes from './PortalLog.module.css';

type Props = { filing: FilingDetail; onLog: () => void; onStrike: (entry: PortalProblem) => void };

export function PortalLog({ filing, onLog, onStrike }: Props) {
  const can = useCan();
  const edit = can('filings.edit');
  const entries = filing.portalProblems;
  return (
    <section className="z-card" aria-labelledby="portal-log">
      <header>
        <h2 id="portal-log">Portal not working</h2>
        {entries.length > 0 && <span className="z-2 num">{entries.length}</span>}
        {edit && (
          <Button ml="auto" variant="default" size="xs" onClick={onLog} data-print="hide">
            Log a problem
          </Button>
        )}
      </header>
      {entries.length === 0 ? (
        <p className="z-card-body z-2" style={{ margin: 0 }}>
          Nothing logged. When the portal fails, log it at once with a screenshot: it is evidence if this is filed late.
        </p>
      ) : (
        <ul>
          {entries.map((entry) => (
            <Entry
              key={entry.id}
              filingId={filing.id}
              entry={entry}
              onStrike={edit && !entry.struck ? () => onStrike(entry) : undefined}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

function Entry({ filingId, entry, onStrike }: { filingId: number; entry: PortalProblem; onStrike?: () => void }) {
  const { screenshot, struck } = entry;
  return (
    <li className={classes.entry} data-struck={struck ? true : undefined}>
      <div className={classes.head}>
        <span className={classes.said}>
          <span className="z-strong">{entry.portal}</span>
          <time className="num" dateTime={entry.happenedAt}>
            {formatInstant(entry.happenedAt)}
          </time>
        </span>
        {onStrike && (
          <Button
            variant="subtle"
            size="compact-xs"
            onClick={onStrike}
            data-print="hide"
            aria-label={`Strike through the entry about ${entry.portal}, ${formatInstant(entry.happenedAt)}`}
          >
            Strike through
          </Button>
        )}
      </div>
      <p className={classes.said}>{entry.what}</p>
      {screenshot && (
        <div className={classes.file}>
          <a href={`/api/return-filings/${filingId}/portal-problems/${entry.id}/screenshot`} download>
            <IconPaperclip size={14} aria-hidden="true" />
            Screenshot, {formatBytes(screenshot.size)}
          </a>
          <span className="mono z-2 z-small" title={screenshot.sha256}>
            SHA-256 {screenshot.sha256.slice(0, 16)}…
          </span>
        </div>
      )}
      <p className="z-2 z-small">
        {entry.ticketNo && <>Ticket {entry.ticketNo} · </>}
        Logged by {entry.by.displayName}, {formatInstant(entry.recordedAt)}
      </p>
      {struck && (
        <p className="z-small">
          Struck through{struck.by ? ` by ${struck.by}` : ''}, {formatInstant(struck.at)}: {struck.reason}
        </p>
      )}
    </li>
  );
}
