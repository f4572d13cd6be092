// After a change to a client: refresh the record, its filings and the counters.
import { useQueryClient } from '@tanstack/react-query';
import { clientQuery } from '@/api/queries';

export function useRefreshClient(id: number): () => void {
  const queryClient = useQueryClient();
  return () => {
    void queryClient.invalidateQueries({ queryKey: clientQuery(id).queryKey });
    for (const path of [
      '/api/clients',
      '/api/clients/{id}/timeline',
      '/api/return-filings',
      '/api/return-filings/{id}',
      '/api/today',
      '/api/approvals',
      '/api/approvals/{id}',
      '/api/me',
    ]) {
      void queryClient.invalidateQueries({ queryKey: ['get', path] });
    }
  };
}
