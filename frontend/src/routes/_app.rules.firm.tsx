// /rules/firm : what the firm sets beside the law
import { createFileRoute } from '@tanstack/react-router';
import { firmRulesQuery, internalReturnsQuery } from '@/api/queries';
import { FirmRulesPage } from '@/features/rules/FirmRulesPage';

export const Route = createFileRoute('/_app/rules/firm')({
  loader: ({ context }) => {
    void context.queryClient.prefetchQuery(firmRulesQuery());
    void context.queryClient.prefetchQuery(internalReturnsQuery());
  },
  component: FirmRulesPage,
});
