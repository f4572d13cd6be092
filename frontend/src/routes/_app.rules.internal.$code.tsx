// /rules/internal/INT-BOARD-PACK : one internal return
import { createFileRoute } from '@tanstack/react-router';
import { internalReturnQuery } from '@/api/queries';
import { InternalPage } from '@/features/rules/InternalPage';

export const Route = createFileRoute('/_app/rules/internal/$code')({
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(internalReturnQuery(params.code));
  },
  component: InternalPage,
});
