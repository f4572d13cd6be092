// Write an internal return.
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { Page } from '@/components/Page';
import { PageSkeleton } from '@/components/Skeletons';
import { done } from '@/lib/notify';

const InternalForm = lazy(() => import('./InternalForm'));

export function NewInternalPage() {
  const navigate = useNavigate();
  return (
    <Page
      title="New internal return"
      crumbs={[
        { label: 'Rule library', to: '/rules' },
        { label: 'Your firm', to: '/rules/firm' },
      ]}
      sub="What your firm asks of itself, beside the law."
    >
      <Suspense fallback={<PageSkeleton />}>
        <InternalForm
          onCancel={() => void navigate({ to: '/rules/firm' })}
          onWaits={() => void navigate({ to: '/rules/firm' })}
          onSaved={(own) => {
            done(`${own.code} saved. Its filings are planned in a moment.`);
            void navigate({ to: '/rules/internal/$code', params: { code: own.code } });
          }}
        />
      </Suspense>
    </Page>
  );
}
