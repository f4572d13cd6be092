// Changes to one filing: sends the version it saw, then refreshes what the change touches.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, ifMatch, unwrap } from '@/api/client';
import { filingQuery } from '@/api/queries';
import type { FilingDetail, FilingPatch, FilingPatchBody } from '@/api/types';
import { whenWaiting } from '@/lib/notify';

/** Refreshes lists, Today and counters after a filing changed. */
export function useRefreshFilings(): () => void {
  const queryClient = useQueryClient();
  return () => {
    for (const path of [
      '/api/return-filings',
      '/api/return-filings/{id}',
      '/api/saved-views',
      '/api/today',
      '/api/me',
      '/api/approvals',
      '/api/approvals/{id}',
      '/api/clients',
      '/api/clients/{id}',
    ]) {
      void queryClient.invalidateQueries({ queryKey: ['get', path] });
    }
  };
}

/** `onWaits` runs when the change waits for somebody's approval: nothing has changed then, and the dialog closes. */
export function useFilingChange(
  filing: FilingDetail,
  onDone: (changed: FilingDetail) => void,
  onWaits: () => void = () => undefined,
) {
  const queryClient = useQueryClient();
  const refresh = useRefreshFilings();
  return useMutation({
    mutationFn: (change: FilingPatch) =>
      unwrap(
        api.PATCH('/api/return-filings/{id}', {
          params: { path: { id: filing.id }, header: ifMatch(filing.version) },
          body: change as FilingPatchBody,
        }),
      ),
    onError: whenWaiting(() => {
      refresh();
      onWaits();
    }),
    onSuccess: (changed) => {
      queryClient.setQueryData(filingQuery(filing.id).queryKey, changed);
      refresh();
      onDone(changed);
    },
  });
}
