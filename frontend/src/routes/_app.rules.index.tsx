// /rules : the rule library, with all its state in the URL
import { createFileRoute } from '@tanstack/react-router';
import { rulesQuery } from '@/api/queries';
import { RulesPage } from '@/features/rules/RulesPage';
import { ruleSearch, toRuleQuery } from '@/features/rules/search';

export const Route = createFileRoute('/_app/rules/')({
  validateSearch: ruleSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchQuery(rulesQuery(toRuleQuery(deps)));
  },
  component: RulesPage,
});
