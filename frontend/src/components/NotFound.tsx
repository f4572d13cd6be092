// One page for what does not exist and for what you may not know about.
import { Button } from '@mantine/core';
import { IconFileOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { EmptyNote } from './EmptyNote';
import { Page } from './Page';

export function NotFound() {
  return (
    <Page title="Not found">
      <EmptyNote icon={IconFileOff} text="We can't find this, or you can't open it.">
        <Button component={Link} to="/filings" variant="default">
          Open filings
        </Button>
        <Button component={Link} to="/clients" variant="default">
          Open clients
        </Button>
      </EmptyNote>
    </Page>
  );
}
