// /rules/DNBS01/try : one rule; the tab is a path segment
import { createFileRoute } from '@tanstack/react-router';
import { ruleQuery } from '@/api/queries';
import { RulePage } from '@/features/rules/RulePage';

export const Route = createFileRoute('/_app/rules/$code/{-$tab}')({
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(ruleQuery(params.code));
  },
  component: RulePage,
});
