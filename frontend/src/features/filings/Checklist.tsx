// The checklist: tick, note, and items of your own.
import { ActionIcon, Checkbox, TextInput } from '@mantine/core';
import { IconNote, IconPlus } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, unwrap } from '@/api/client';
import { filingQuery } from '@/api/queries';
import type { ChecklistItem, FilingDetail } from '@/api/types';
import { useCanChange } from '@/app/writing';
import { Initials } from '@/components/Initials';
import { WriteButton } from '@/components/WriteButton';
import { formatInstant } from '@/lib/format';
import { done, failed } from '@/lib/notify';
import { useRefreshFilings } from './useFilingChange';

export function Checklist({ filing }: { filing: FilingDetail }) {
  const can = useCanChange();
  const edit = can('filings.edit');
  const count = filing.checklist.filter((item) => item.done).length;
  const total = filing.checklist.length;
  return (
    <section className="z-card" aria-labelledby="checklist">
      <header>
        <h2 id="checklist">Checklist</h2>
        <span className="z-2 num">
          {count} of {total}
        </span>
        {total > 0 && (
          <span className="z-bar" data-full={count >= total || undefined} aria-hidden="true">
            <i style={{ width: `${(100 * count) / total}%` }} />
          </span>
        )}
      </header>
      <ul>
        {filing.checklist.map((item) => (
          <ItemRow key={item.id} filingId={filing.id} item={item} edit={edit} />
        ))}
        {total === 0 && <li className="z-card-row z-2">This return has no checklist.</li>}
      </ul>
      {edit && <AddItem filingId={filing.id} />}
    </section>
  );
}

function ItemRow({ filingId, item, edit }: { filingId: number; item: ChecklistItem; edit: boolean }) {
  const queryClient = useQueryClient();
  const refresh = useRefreshFilings();
  const [noting, setNoting] = useState(false);
  const [note, setNote] = useState(item.note);
  const key = filingQuery(filingId).queryKey;
  const save = useMutation({
    mutationFn: (change: { done: boolean; note?: string }) =>
      unwrap(
        api.PATCH('/api/return-filings/{id}/checklist/{itemId}', {
          params: { path: { id: filingId, itemId: item.id } },
          body: change,
        }),
      ),
    onMutate: (change) => {
      const before = queryClient.getQueryData<FilingDetail>(key);
      if (before) {
        const checklist = before.checklist.map((one) => (one.id === item.id ? { ...one, ...change } : one));
        queryClient.setQueryData(key, {
          ...before,
          checklist,
          checklistDone: checklist.filter((one) => one.done).length,
        });
      }
      return before;
    },
    onError: (error, _change, before) => {
      if (before) queryClient.setQueryData(key, before);
      failed(error);
    },
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: key });
      refresh();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ done: item.done, note: note.trim() });
    setNoting(false);
  };
  return (
    <li>
      <div className="z-card-row" data-line="">
        <Checkbox
          checked={item.done}
          disabled={!edit}
          label={item.text}
          onChange={(event) => save.mutate({ done: event.currentTarget.checked, note: item.note })}
          styles={{
            label: {
              fontSize: 'var(--z-size-13)',
              color: item.done ? 'var(--z-text-2)' : 'var(--z-text)',
              fontWeight: item.done ? 400 : 500,
            },
          }}
        />
        <span className="z-row" style={{ marginLeft: 'auto' }}>
          {item.note && !noting && (
            <span className="z-2 z-clip" title={item.note}>
              {item.note}
            </span>
          )}
          {item.doneBy && (
            <span title={`${item.doneBy.displayName}, ${formatInstant(item.doneAt)}`}>
              <Initials name={item.doneBy.displayName} />
              <span className="z-hide">
                Done by {item.doneBy.displayName}, {formatInstant(item.doneAt)}
              </span>
            </span>
          )}
          {edit && (
            <ActionIcon
              size={24}
              aria-label={`Note on: ${item.text}`}
              title="Note"
              onClick={() => setNoting(!noting)}
              data-print="hide"
            >
              <IconNote size={15} />
            </ActionIcon>
          )}
        </span>
      </div>
      {noting && (
        <form className="z-row" style={{ padding: '0 14px 10px 38px' }} onSubmit={submit}>
          <TextInput
            className="z-grow"
            size="xs"
            aria-label={`Note on ${item.text}`}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            autoFocus
          />
          <WriteButton type="submit" variant="default">
            Save note
          </WriteButton>
        </form>
      )}
    </li>
  );
}

function AddItem({ filingId }: { filingId: number }) {
  const queryClient = useQueryClient();
  const refresh = useRefreshFilings();
  const [text, setText] = useState('');
  const add = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/return-filings/{id}/checklist', {
          params: { path: { id: filingId } },
          body: { text: text.trim() },
        }),
      ),
    onSuccess: () => {
      setText('');
      done('Item added.');
      void queryClient.invalidateQueries({ queryKey: filingQuery(filingId).queryKey });
      refresh();
    },
    onError: failed,
  });
  return (
    <form
      className="z-card-row"
      data-line=""
      data-print="hide"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim()) add.mutate();
      }}
    >
      <TextInput
        className="z-grow"
        size="xs"
        aria-label="New checklist item"
        placeholder="Add an item of your own"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <WriteButton type="submit" variant="default" leftSection={<IconPlus size={14} />} loading={add.isPending}>
        Add
      </WriteButton>
    </form>
  );
}
