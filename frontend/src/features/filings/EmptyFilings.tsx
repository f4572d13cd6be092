// What the list says when there is nothing to list.
import { Button } from '@mantine/core';
import { IconFileOff, IconFilterOff } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { EmptyNote } from '@/components/EmptyNote';
import type { ViewKey } from './search';

export function EmptyFilings({ view, filtered }: { view: ViewKey; filtered: boolean }) {
  const navigate = useNavigate();
  if (filtered) {
    return (
      <EmptyNote icon={IconFilterOff} text="No filings match these filters.">
        <Button
          variant="default"
          onClick={() => void navigate({ to: '/filings', search: { view: view === 'open' ? undefined : view } })}
        >
          Clear filters
        </Button>
      </EmptyNote>
    );
  }
  if (view === 'pastDue') return <EmptyNote icon={IconFileOff} text="Nothing past due." />;
  if (view === 'due7') return <EmptyNote icon={IconFileOff} text="Nothing is due in the next 7 days." />;
  return (
    <EmptyNote
      icon={IconFileOff}
      text="No filings yet. Add a client's registrations and facts, and ZippCRM plans the returns for the next 18 months."
    >
      <Button component={Link} to="/clients">
        Open clients
      </Button>
    </EmptyNote>
  );
}
