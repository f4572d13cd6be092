// Where a filing stands: (wait for its event,) prepare, file, acknowledge.
import { IconCircleCheckFilled } from '@tabler/icons-react';
import type { FilingDetail } from '@/api/types';
import { formatDate, relativeDue } from '@/lib/format';
import { isOpen } from '@/lib/status';
import classes from './StageBar.module.css';

type Stage = { title: string; note: string; done: boolean };

export function StageBar({ filing, today }: { filing: FilingDetail; today: string }) {
  const stages = stagesOf(filing, today);
  const closed = !isOpen(filing.status);
  const current = closed ? -1 : stages.findIndex((stage) => !stage.done);
  return (
    <ol className={classes.bar} aria-label="Stages">
      {stages.map((stage, index) => (
        <li
          key={stage.title}
          className={classes.stage}
          data-on={index === current || undefined}
          aria-current={index === current ? 'step' : undefined}
        >
          <span className={classes.title}>
            {stage.done ? (
              <IconCircleCheckFilled
                size={16}
                role="img"
                aria-label="Done"
                style={{ color: 'var(--z-success-mark)' }}
              />
            ) : (
              <span className={classes.no} aria-hidden="true">
                {index + 1}
              </span>
            )}
            {stage.title}
          </span>
          <div className={`${classes.note} z-clip`} title={stage.note}>
            {stage.note}
          </div>
        </li>
      ))}
    </ol>
  );
}

function stagesOf(filing: FilingDetail, today: string): Stage[] {
  const filed = filing.status === 'filed' || filing.status === 'filed_late';
  const who = filing.assignee?.displayName ?? 'Nobody assigned';
  const total = filing.checklistTotal;
  // Once the last day for the event has passed, the date holds without it and nothing waits.
  const waiting: Stage[] =
    filing.waitsFor && filing.status === 'awaiting_event'
      ? [{ title: 'Event', note: `Waits for ${filing.waitsFor.title}`, done: false }]
      : [];
  return [
    ...waiting,
    {
      title: 'Prepare',
      note: total ? `${who} · ${filing.checklistDone} of ${total} done` : who,
      done: filed || (total > 0 && filing.checklistDone >= total),
    },
    {
      title: 'File',
      note: filed
        ? `Filed on ${formatDate(filing.filedOn)}`
        : [filing.rule?.channel, filing.legalDueOn ? relativeDue(filing.legalDueOn, today) : null]
            .filter(Boolean)
            .join(' · ') || 'No date yet',
      done: filed,
    },
    {
      title: 'Acknowledge',
      note: filing.acknowledgementNo ?? filing.closure?.exception ?? 'Number on record',
      done: filed,
    },
  ];
}
