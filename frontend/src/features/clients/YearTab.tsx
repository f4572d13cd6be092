// A client's financial year on one sheet: every return against the months, with the day each is due.
import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { clientYearQuery } from '@/api/queries';
import type { Client } from '@/api/types';
import { useMe } from '@/app/me';
import { useLandscape } from '@/app/print';
import { ErrorCard } from '@/components/ErrorCard';
import { RowsSkeleton } from '@/components/Skeletons';
import { MonthMatrix } from './MonthMatrix';

const route = getRouteApi('/_app/clients/$clientId/{-$tab}');

export function YearTab({ client, today }: { client: Client; today: string }) {
  useLandscape(true);
  const me = useMe();
  const navigate = useNavigate();
  const fy = route.useSearch().fy ?? me.currentFy;
  const { data, error, refetch } = useQuery(clientYearQuery(client.id, fy));
  if (error && !data) return <ErrorCard error={error} what="The year" onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <section className="z-card">
        <RowsSkeleton rows={10} />
      </section>
    );
  }
  return (
    <MonthMatrix
      full
      filings={data.items}
      fy={data.fy}
      current={me.currentFy}
      today={today}
      actions={
        <Button variant="default" leftSection={<IconPrinter size={14} />} onClick={() => window.print()}>
          Print
        </Button>
      }
      onFy={(value) =>
        void navigate({
          to: '/clients/$clientId/{-$tab}',
          params: { clientId: String(client.id), tab: 'year' },
          search: value === me.currentFy ? {} : { fy: value },
          replace: true,
        })
      }
    />
  );
}
