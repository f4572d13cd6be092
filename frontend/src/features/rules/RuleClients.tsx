// The clients that a rule touches today, soonest date first.
import { IconBuilding } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ruleClientsQuery } from '@/api/queries';
import { DateCell, None } from '@/components/Cells';
import { EmptyNote } from '@/components/EmptyNote';
import { ErrorCard } from '@/components/ErrorCard';
import { Pager } from '@/components/Pager';
import { RowsSkeleton } from '@/components/Skeletons';
import { formatCount, shortClientName } from '@/lib/format';
import classes from './Rule.module.css';

export function RuleClients({ code }: { code: string }) {
  const [page, setPage] = useState(1);
  const [perPage, setPerPage] = useState(50);
  const { data, error, refetch } = useQuery(ruleClientsQuery(code, page, perPage));
  if (error && !data) return <ErrorCard error={error} what="The list" onRetry={() => void refetch()} />;
  if (!data) return <RowsSkeleton rows={8} />;
  if (data.total === 0) {
    return <EmptyNote icon={IconBuilding} text="No client has an open filing of this rule." />;
  }
  return (
    <section className="z-card" aria-label="Clients with open filings">
      <table className={classes.table}>
        <caption className="z-hide">Clients with open filings of {code}</caption>
        <thead>
          <tr>
            <th scope="col">Client</th>
            <th scope="col">Next due</th>
            <th scope="col" data-align="right">
              Open
            </th>
            <th scope="col" data-align="right">
              Past due
            </th>
            <th scope="col">
              <span className="z-hide">Filings</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {data.items.map((client) => (
            <tr key={client.id}>
              <th scope="row">
                <Link
                  to="/clients/$clientId/{-$tab}"
                  params={{ clientId: String(client.id) }}
                  title={client.clientName}
                >
                  {shortClientName(client.clientName, client.shortName)}
                </Link>
              </th>
              <td>
                <DateCell date={client.nextDue} />
              </td>
              <td data-align="right" className="num">
                {formatCount(client.openFilings)}
              </td>
              <td data-align="right" className="num">
                {client.pastDue ? <span className="z-late">{formatCount(client.pastDue)}</span> : <None />}
              </td>
              <td data-align="right">
                <Link to="/filings" search={{ code: [code], clientId: [String(client.id)] }}>
                  Filings<span className="z-hide"> of {client.clientName}</span>
                </Link>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="z-card-row">
        <Pager page={page} perPage={perPage} total={data.total} onPage={setPage} onPerPage={setPerPage} />
      </div>
    </section>
  );
}
