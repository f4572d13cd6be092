// How far the record is sealed, by which key, and the two things to do about it: keep a checkpoint, check the whole.
import { Button } from '@mantine/core';
import { IconDownload, IconShieldCheck, IconShieldX } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { journalVerifyQuery, sealQuery } from '@/api/queries';
import { useCan } from '@/app/me';
import { CopyText } from '@/components/Identifier';
import { formatCount, formatInstant, plural } from '@/lib/format';
import classes from './Audit.module.css';

export function SealCard() {
  const can = useCan();
  const { data } = useQuery(sealQuery());
  const check = useQuery({ ...journalVerifyQuery(), enabled: false });
  const client = useQueryClient();
  // the check seals what waits, so the list and the seal have news
  const verify = () =>
    void check.refetch().then(() =>
      client.invalidateQueries({
        predicate: ({ queryKey: [, path] }) => path === '/api/journal' || path === '/api/journal/seal',
      }),
    );
  const key = data?.keys[0];
  return (
    <section className={classes.seal} aria-label="Seal">
      <div className={classes.state}>
        {!data ? (
          <span className="z-2">Looking at the seal…</span>
        ) : data.checkpoint && data.sealedAt ? (
          <span>
            Sealed: <b className="num">{plural(data.checkpoint.size, 'entry', 'entries')}</b>, the last at{' '}
            {formatInstant(data.sealedAt)}
            {data.waiting > 0 ? `; ${plural(data.waiting, 'entry waits', 'entries wait')} for the next seal` : ''}.
          </span>
        ) : (
          <span>Nothing is sealed yet. The first seal comes within half a minute.</span>
        )}
        {key && (
          <span className={`${classes.key} z-2 z-small`}>
            Key <span className="mono">{key.fingerprint.slice(0, 16)}</span>
            <CopyText value={key.fingerprint} label="key fingerprint" />
          </span>
        )}
      </div>
      <Result check={check.data} failed={check.isError} busy={check.isFetching} size={data?.checkpoint?.size} />
      <div className="z-row-wrap" data-print="hide">
        {data?.checkpoint && (
          <Button
            component="a"
            href="/api/journal/checkpoint"
            download
            variant="default"
            leftSection={<IconDownload size={14} />}
          >
            Download checkpoint
          </Button>
        )}
        {can('journal.export') && (
          <Button
            variant="default"
            leftSection={<IconShieldCheck size={14} />}
            loading={check.isFetching}
            onClick={verify}
          >
            Verify
          </Button>
        )}
      </div>
    </section>
  );
}

type Check = {
  intact: boolean;
  entries: number;
  checkedAt: string;
  checkpoint?: { at: string } | null;
  broken?: { text: string; entry?: number | null } | null;
};

type Props = { check: Check | undefined; failed: boolean; busy: boolean; size: number | undefined };

/** What came of the check, in one sentence; what it is at while it runs. */
function Result({ check, failed, busy, size }: Props) {
  return (
    <div role="status" className={classes.result}>
      {busy ? (
        <span className="z-2">
          Checking {size ? plural(size, 'entry', 'entries') : 'every entry'} and every signature…
        </span>
      ) : failed ? (
        <span className="z-late">The check did not finish. Try again.</span>
      ) : check?.intact ? (
        <span className={classes.intact}>
          <IconShieldCheck size={16} aria-hidden="true" />
          {plural(check.entries, 'entry', 'entries')} checked, chain intact, {formatInstant(check.checkedAt)}
          {check.checkpoint && `; checkpoint of ${formatInstant(check.checkpoint.at)}`}
        </span>
      ) : (
        check?.broken && (
          <span className="z-late">
            <IconShieldX size={16} aria-hidden="true" /> Not what was sealed. {check.broken.text}{' '}
            {check.broken.entry && (
              <Link to="/audit" search={{ open: check.broken.entry }}>
                Open entry {formatCount(check.broken.entry)}
              </Link>
            )}
          </span>
        )
      )}
    </div>
  );
}
