// Comments and the record's history in one timeline, with a box to write.
import { SegmentedControl, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, unwrap } from '@/api/client';
import { filingQuery } from '@/api/queries';
import type { FilingDetail } from '@/api/types';
import { useCanChange } from '@/app/writing';
import { Timeline, type TimelineEntry } from '@/components/Timeline';
import { WriteButton } from '@/components/WriteButton';
import { failed } from '@/lib/notify';

export default function Activity({ filing }: { filing: FilingDetail }) {
  const can = useCanChange();
  const queryClient = useQueryClient();
  const [show, setShow] = useState('all');
  const [text, setText] = useState('');
  const add = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/return-filings/{id}/comments', {
          params: { path: { id: filing.id } },
          body: { text: text.trim() },
        }),
      ),
    onSuccess: (comment) => {
      setText('');
      const key = filingQuery(filing.id).queryKey;
      const now = queryClient.getQueryData<FilingDetail>(key);
      if (now) queryClient.setQueryData(key, { ...now, comments: [...now.comments, comment] });
      void queryClient.invalidateQueries({ queryKey: key });
    },
    onError: failed,
  });
  const comments: TimelineEntry[] = filing.comments.map((one) => ({
    key: `c${one.id}`,
    at: one.at,
    actor: one.author?.displayName ?? null,
    text: one.text,
    comment: true,
  }));
  const events: TimelineEntry[] = filing.timeline
    .filter((one) => !/comment/.test(one.action))
    .map((one) => ({ key: `e${one.id}`, at: one.at, actor: one.actor?.displayName ?? null, text: one.text }));
  const entries = show === 'comments' ? comments : [...comments, ...events];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim()) add.mutate();
  };
  return (
    <section className="z-card" aria-labelledby="activity">
      <header>
        <h2 id="activity">Activity</h2>
        <SegmentedControl
          size="xs"
          ml="auto"
          aria-label="Show"
          value={show}
          onChange={setShow}
          data-print="hide"
          data={[
            { value: 'comments', label: 'Comments' },
            { value: 'all', label: 'All' },
          ]}
        />
      </header>
      {can('filings.edit') && (
        <form className="z-card-body z-stack" onSubmit={submit} data-print="hide">
          <Textarea
            id="comment"
            aria-label="Comment"
            placeholder="Write a comment"
            minRows={1}
            autosize
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event);
              if (event.key === 'Escape') event.currentTarget.blur();
            }}
          />
          {text.trim() && (
            <div>
              <WriteButton type="submit" loading={add.isPending} variant="default">
                Add comment
              </WriteButton>
            </div>
          )}
        </form>
      )}
      {entries.length ? <Timeline entries={entries} /> : <p className="z-card-body z-2">Nothing yet.</p>}
    </section>
  );
}
