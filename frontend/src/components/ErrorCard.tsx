// What failed, what to do, and the reference to quote: inside a card, or for a whole page.
import { Button } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { toApiError } from '@/api/error';
import { CopyText } from './Identifier';
import { NotFound } from './NotFound';
import { Page } from './Page';
import { useCountdown } from './useCountdown';

type Props = { error: unknown; what?: string; onRetry?: () => void };

/** A part that did not load; the rest of the page stays alive. */
export function ErrorCard({ error, what = 'This', onRetry }: Props) {
  const fault = toApiError(error);
  const wait = useCountdown(fault.status === 429 ? fault.retryAfter : null, onRetry);
  const title =
    fault.status === 403 ? 'You may not open this' : fault.status === 429 ? 'Too many tries' : `${what} did not load`;
  return (
    <div className="z-notice" data-tone={fault.status === 403 ? 'neutral' : 'danger'} role="alert">
      <IconAlertCircle size={16} aria-hidden="true" />
      <div className="z-grow">
        <p className="z-strong">{title}</p>
        <p>{wait === null ? fault.message : `Trying again in ${wait} s.`}</p>
        {fault.requestId && (
          <p className="z-small z-row">
            Ref <span className="mono">{fault.requestId}</span>
            <CopyText value={fault.requestId} label="reference" />
          </p>
        )}
      </div>
      {onRetry && fault.status !== 403 && (
        <Button variant="default" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}

/** A whole page that did not load. */
export function PageError({
  error,
  onRetry,
  title = 'This page did not load',
}: {
  error: unknown;
  onRetry?: () => void;
  title?: string;
}) {
  const fault = toApiError(error);
  if (fault.status === 404) return <NotFound />;
  return (
    <Page title={fault.status === 403 ? 'You may not open this' : title}>
      <div style={{ maxWidth: 560 }}>
        <ErrorCard error={error} what="This page" onRetry={onRetry ?? (() => window.location.reload())} />
        <p className="z-2">
          {fault.status === 403
            ? 'Ask an admin of your firm for access.'
            : 'Your data is safe. If it fails again, send us the reference.'}
        </p>
      </div>
    </Page>
  );
}
