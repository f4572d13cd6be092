// Beside the tabs: save the list as it stands, save it into the view it came from, or go back; and the view's own menu.
import { Button, Checkbox, Menu, Modal, TextInput } from '@mantine/core';
import { IconDots, IconPlus } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { api, ifMatch, unwrap } from '@/api/client';
import { localErrors, toApiError } from '@/api/error';
import { viewsQuery } from '@/api/queries';
import type { SavedView } from '@/api/types';
import { useCan } from '@/app/me';
import { FormSummary } from '@/components/FormSummary';
import { WriteButton } from '@/components/WriteButton';
import { WriteItem } from '@/components/WriteItem';
import { done, failed } from '@/lib/notify';

type Dialog = 'save' | 'rename' | 'delete';

/** What a view keeps. */
export type Kept = Pick<SavedView, 'query' | 'columnOrder' | 'hiddenColumns' | 'rowHeight'>;

/** What the controls need to know of a list. */
export type ViewedList<S> = {
  list: 'filings' | 'clients';
  to: '/filings' | '/clients';
  keptOf(search: S): Kept;
  searchOf(view: SavedView): S;
};

type Props<S> = { of: ViewedList<S>; search: S; view: SavedView | undefined };

/** The same text for the same list, whatever order its keys were written in. */
function written(kept: Kept): string {
  const entries = Object.entries(kept.query).sort(([a], [b]) => a.localeCompare(b));
  return JSON.stringify([entries, kept.columnOrder, kept.hiddenColumns, kept.rowHeight]);
}

/** Whether the list still is what the view keeps. */
export function differs<S>(list: ViewedList<S>, search: S, view: SavedView): boolean {
  return written(list.keptOf(search)) !== written(list.keptOf(list.searchOf(view)));
}

export default function ViewControls<S extends object>({ of, search, view }: Props<S>) {
  const { list, to } = of;
  const keptOf = (search: S) => of.keptOf(search);
  const searchOf = (view: SavedView) => of.searchOf(view);
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const refresh = () => queryClient.invalidateQueries({ queryKey: viewsQuery(list).queryKey });
  const show = (search: object) => void navigate({ to, search });
  const changed = view ? differs(of, search, view) : false;

  const change = useMutation({
    mutationFn: ({ view, body }: { view: SavedView; body: Record<string, unknown> }) =>
      unwrap(
        api.PATCH('/api/saved-views/{id}', {
          params: { path: { id: view.id }, header: ifMatch(view.version) },
          body: body as never,
        }),
      ),
    onSuccess: (saved) => {
      void refresh();
      setDialog(null);
      done(`View "${saved.name}" saved.`);
    },
  });
  const remove = useMutation({
    mutationFn: (view: SavedView) => unwrap(api.DELETE('/api/saved-views/{id}', { params: { path: { id: view.id } } })),
    onSuccess: (_nothing, view) => {
      void refresh();
      setDialog(null);
      done(`View "${view.name}" deleted.`);
      show({});
    },
    onError: failed,
  });
  const start = useMutation({
    mutationFn: ({ view, on }: { view: SavedView; on: boolean }) =>
      unwrap(api.PUT('/api/saved-views/{id}/default', { params: { path: { id: view.id } }, body: { on } })),
    onSuccess: (_nothing, { view, on }) => {
      void refresh();
      done(on ? `Filings start with "${view.name}" now.` : 'Filings start with Open again.');
    },
    onError: failed,
  });

  return (
    <span className="z-row" style={{ gap: 4, alignSelf: 'center' }}>
      {view && changed && view.editable && (
        <WriteButton
          variant="subtle"
          loading={change.isPending && dialog === null}
          onClick={() => change.mutate({ view, body: { ...keptOf(search), list } }, { onError: failed })}
        >
          Save
        </WriteButton>
      )}
      <WriteButton variant="subtle" color="gray" leftSection={<IconPlus size={14} />} onClick={() => setDialog('save')}>
        {view ? 'Save as' : 'Save view'}
      </WriteButton>
      {view && changed && (
        <Button variant="subtle" color="gray" onClick={() => show(searchOf(view))}>
          Reset
        </Button>
      )}
      {view && (
        <Menu position="bottom-start">
          <Menu.Target>
            <Button variant="subtle" color="gray" px={6} aria-label={`View ${view.name}`}>
              <IconDots size={16} aria-hidden="true" />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {!view.mine && <Menu.Label>Shared by {view.owner.displayName}</Menu.Label>}
            {list === 'filings' && (
              <WriteItem onClick={() => start.mutate({ view, on: !view.isDefault })}>
                {view.isDefault ? 'Do not start with this view' : 'Start with this view'}
              </WriteItem>
            )}
            {view.editable && <WriteItem onClick={() => setDialog('rename')}>Rename or share</WriteItem>}
            {view.editable && <WriteItem onClick={() => setDialog('delete')}>Delete this view</WriteItem>}
          </Menu.Dropdown>
        </Menu>
      )}
      {dialog === 'save' && (
        <NameDialog
          title="Save this list as a view"
          act="Save view"
          kept={{ ...keptOf(search), list }}
          onClose={() => setDialog(null)}
          onSaved={(saved) => {
            void refresh();
            setDialog(null);
            done(`View "${saved.name}" saved.`);
            show({ ...search, saved: saved.id, page: undefined, open: undefined });
          }}
        />
      )}
      {dialog === 'rename' && view && (
        <NameDialog
          title="Rename or share the view"
          act="Save"
          view={view}
          error={change.error}
          busy={change.isPending}
          onClose={() => setDialog(null)}
          onChange={(body) => change.mutate({ view, body })}
        />
      )}
      {dialog === 'delete' && view && (
        <Modal
          opened
          onClose={() => setDialog(null)}
          title={`Delete the view "${view.name}"?`}
          closeButtonProps={{ 'aria-label': 'Close' }}
        >
          <p className="z-2" style={{ marginTop: 0 }}>
            {view.shared ? 'It goes for everybody in the firm.' : 'Only you see it.'} The {list} stay as they are.
          </p>
          <div className="z-row" style={{ justifyContent: 'flex-end' }}>
            <Button variant="default" size="sm" onClick={() => setDialog(null)} data-autofocus>
              Keep it
            </Button>
            <Button size="sm" color="red" loading={remove.isPending} onClick={() => remove.mutate(view)}>
              Delete the view
            </Button>
          </div>
        </Modal>
      )}
    </span>
  );
}

type NameProps = {
  title: string;
  act: string;
  onClose: () => void;
  /** A new view is made from this. */
  kept?: Kept & { list: string };
  onSaved?: (view: { id: number; name: string }) => void;
  /** Or this one is changed. */
  view?: SavedView;
  onChange?: (body: Record<string, unknown>) => void;
  error?: unknown;
  busy?: boolean;
};

function NameDialog({ title, act, onClose, kept, onSaved, view, onChange, error, busy }: NameProps) {
  const can = useCan();
  const [name, setName] = useState(view?.name ?? '');
  const [shared, setShared] = useState(view?.shared ?? false);
  const [local, setLocal] = useState<unknown>(null);
  const create = useMutation({
    mutationFn: () => unwrap(api.POST('/api/saved-views', { body: { ...kept, name, shared } as never })),
    onSuccess: (saved) => onSaved?.(saved),
  });
  const fault = local ?? error ?? create.error;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const gap = localErrors(name.trim() ? {} : { name: 'Give the view a name.' });
    setLocal(gap);
    if (gap) return;
    if (kept) create.mutate();
    else onChange?.({ name, shared });
  };
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form className="z-stack-lg" onSubmit={submit} noValidate>
        <FormSummary error={fault} labels={{ name: 'Name' }} ids={{ name: 'view-name' }} />
        <TextInput
          id="view-name"
          label="Name"
          description="Filters, order, columns and row height are kept under it."
          value={name}
          maxLength={40}
          onChange={(event) => setName(event.currentTarget.value)}
          error={fault ? toApiError(fault).fields.name : undefined}
          data-autofocus
        />
        {can('views.share') && (
          <Checkbox
            label="Share it with the firm"
            description="It is a tab for everybody; filters on me show each their own."
            checked={shared}
            onChange={(event) => setShared(event.currentTarget.checked)}
          />
        )}
        <div className="z-row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" size="sm" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" size="sm" loading={busy || create.isPending}>
            {act}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
