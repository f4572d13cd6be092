// Registers of the library: holidays by calendar and year with their source, and extensions that the firm carried out.
import { ActionIcon, NativeSelect } from '@mantine/core';
import { IconCalendarPlus, IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { holidaysQuery, relaxationsQuery } from '@/api/queries';
import { useCan, useMe } from '@/app/me';
import { EmptyNote } from '@/components/EmptyNote';
import { ErrorCard } from '@/components/ErrorCard';
import { Page } from '@/components/Page';
import { RegulatorTag } from '@/components/RegulatorTag';
import { RowsSkeleton } from '@/components/Skeletons';
import { WriteButton } from '@/components/WriteButton';
import { effectWords } from '@/features/relaxations/words';
import { formatDate, formatDateWeekday } from '@/lib/format';
import { LibraryTabs } from './LibraryTabs';
import classes from './Rule.module.css';

const route = getRouteApi('/_app/rules/registers');

export function RegistersPage() {
  return (
    <Page title="Registers" crumbs={[{ label: 'Rule library', to: '/rules' }]}>
      <LibraryTabs current="registers" />
      <div className="z-stack-lg" style={{ paddingTop: 16 }}>
        <Holidays />
        <Extensions />
      </div>
    </Page>
  );
}

function Holidays() {
  const me = useMe();
  const navigate = useNavigate();
  const search = route.useSearch();
  const calendar = search.calendar ?? 'MF';
  const year = search.year ?? Number(me.today.slice(0, 4));
  const { data, error, refetch } = useQuery(holidaysQuery(year, calendar));
  const go = (part: { calendar?: string; year?: number }) =>
    void navigate({ to: '/rules/registers', search: { calendar, year, ...part }, replace: true });
  return (
    <section className="z-card" aria-labelledby="holidays">
      <header>
        <h2 id="holidays">Holidays</h2>
      </header>
      <div className="z-card-body z-row-wrap">
        <NativeSelect
          className="z-grow"
          aria-label="Calendar"
          value={calendar}
          data={data?.calendars.map((one) => ({ value: one.name, label: `${one.name}: ${one.title}` })) ?? [calendar]}
          onChange={(event) => go({ calendar: event.currentTarget.value })}
        />
        <span className="z-row">
          <ActionIcon variant="subtle" color="gray" aria-label="Year before" onClick={() => go({ year: year - 1 })}>
            <IconChevronLeft size={16} />
          </ActionIcon>
          <span className="num z-strong">{year}</span>
          <ActionIcon variant="subtle" color="gray" aria-label="Year after" onClick={() => go({ year: year + 1 })}>
            <IconChevronRight size={16} />
          </ActionIcon>
        </span>
      </div>
      {error && !data ? (
        <ErrorCard error={error} what="The holidays" onRetry={() => void refetch()} />
      ) : !data ? (
        <RowsSkeleton rows={4} />
      ) : data.items.length === 0 ? (
        <p className="z-card-body" style={{ margin: 0 }}>
          No holiday list of {year} is in this calendar; weekly days off hold.
        </p>
      ) : (
        <div className={classes.scroll}>
          <table className={classes.table}>
            <caption className="z-hide">Holidays of {year}</caption>
            <thead>
              <tr>
                <th scope="col">Day</th>
                <th scope="col">Holiday and source</th>
              </tr>
            </thead>
            <tbody>
              {data.items.map((one) => (
                <tr key={one.date}>
                  <th scope="row" className="num z-nowrap">
                    {formatDateWeekday(one.date)}
                  </th>
                  <td className={classes.whole}>
                    <div>{one.name}</div>
                    <div className="z-2 z-small">{one.source}</div>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Extensions() {
  const can = useCan();
  const { data, error, refetch } = useQuery(relaxationsQuery(1));
  return (
    <section className="z-card" aria-labelledby="extensions">
      <header>
        <h2 id="extensions" className="z-grow">
          Extensions
        </h2>
        {can('relaxations.preview') && (
          <WriteButton
            variant="default"
            size="xs"
            component={Link}
            to="/relaxations/new"
            leftSection={<IconCalendarPlus size={14} />}
          >
            Extend due dates
          </WriteButton>
        )}
      </header>
      {error && !data ? (
        <ErrorCard error={error} what="The extensions" onRetry={() => void refetch()} />
      ) : !data ? (
        <RowsSkeleton rows={3} />
      ) : data.items.length === 0 ? (
        <EmptyNote icon={IconCalendarPlus} text="No circular was carried out yet." />
      ) : (
        <div className={classes.scroll}>
          <table className={classes.table}>
            <caption className="z-hide">Extensions</caption>
            <thead>
              <tr>
                <th scope="col">Order</th>
                <th scope="col">What it gives</th>
                <th scope="col">State</th>
              </tr>
            </thead>
            <tbody>
              {data.items.map((one) => (
                <tr key={one.id}>
                  <th scope="row">
                    <RegulatorTag tag={one.regulator} />{' '}
                    <Link
                      to="/relaxations/$relaxationId"
                      params={{ relaxationId: String(one.id) }}
                      className="z-strong z-ink"
                    >
                      {one.circular.number}
                    </Link>{' '}
                    <span className="z-2">{formatDate(one.circular.on)}</span>
                  </th>
                  <td>{effectWords(one)}</td>
                  <td className="z-2">{one.undone ? 'Undone' : 'In force'}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {data.total > data.items.length && (
            <p className={classes.foot}>
              <Link to="/relaxations" className={classes.link}>
                All {data.total} extensions
              </Link>
            </p>
          )}
        </div>
      )}
    </section>
  );
}
