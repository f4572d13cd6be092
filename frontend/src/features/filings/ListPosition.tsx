// "11 of 24" in the top bar of a filing that was opened from a list: previous and next in that list's filter and order.
import { ActionIcon } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { filingsQuery } from '@/api/queries';
import { useHotkeys } from '@/app/hotkeys';
import { keysOn, useMe } from '@/app/me';
import { formatCount } from '@/lib/format';
import { rememberedList, rememberList } from './listContext';
import { DEFAULT_SIZE } from './search';

export default function ListPosition({ id }: { id: number }) {
  const me = useMe();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [context] = useState(rememberedList);
  const query = context?.query ?? {};
  const perPage = query.perPage ?? DEFAULT_SIZE;
  const first = ((query.page ?? 1) - 1) * perPage;
  const { data } = useQuery({ ...filingsQuery(query), enabled: context !== null });
  const found = data ? data.items.findIndex((item) => item.id === id) : -1;
  // A filing that was just filed has left the list of open ones: its place is now the next one's.
  const seen = useRef(context?.at);
  if (found >= 0) seen.current = { id, index: first + found };
  const left = found < 0 && data !== undefined && seen.current?.id === id;
  const index = found >= 0 || left ? (seen.current?.index ?? 0) : -1;
  const total = data?.total ?? 0;
  useEffect(() => {
    if (context && found >= 0) rememberList({ query: context.query, at: { id, index: first + found } });
  }, [context, found, first, id]);

  const go = async (to: number) => {
    if (index < 0 || to < 0 || to >= total) return;
    const next = { ...query, page: Math.floor(to / perPage) + 1 };
    const page = await queryClient.ensureQueryData(filingsQuery(next));
    const target = page.items[to % perPage];
    if (!target) return;
    rememberList({ query: next, at: { id: target.id, index: to } });
    await navigate({ to: '/filings/$filingId', params: { filingId: String(target.id) } });
  };
  const before = () => void go(index - 1);
  const after = () => void go(left ? index : index + 1);
  useHotkeys({ '[': before, ']': after }, keysOn(me) && index >= 0);
  if (index < 0) return null;
  return (
    <span className="z-row" style={{ gap: 4 }}>
      <span className="z-2 num z-small z-nowrap">
        {left ? `${formatCount(total)} in the list` : `${formatCount(index + 1)} of ${formatCount(total)}`}
      </span>
      <ActionIcon
        aria-label="Previous in the list"
        title="Previous in the list ([)"
        onClick={before}
        disabled={index <= 0}
      >
        <IconArrowUp size={16} stroke={1.6} />
      </ActionIcon>
      <ActionIcon
        aria-label="Next in the list"
        title="Next in the list (])"
        onClick={after}
        disabled={(left ? index : index + 1) >= total}
      >
        <IconArrowDown size={16} stroke={1.6} />
      </ActionIcon>
    </span>
  );
}
