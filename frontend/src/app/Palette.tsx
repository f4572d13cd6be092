// The command palette: pages, clients and filings from the server, what can be done here, year and theme.
import { Spotlight, spotlight } from '@mantine/spotlight';
import '@mantine/spotlight/styles.layer.css';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect, useLayoutEffect, useState } from 'react';
import { searchQuery } from '@/api/queries';
import { dueOf } from '@/components/Cells';
import { formatDate, fyChoices, shortClientName } from '@/lib/format';
import { useCan, useMe } from './me';
import classes from './Palette.module.css';
import { useSavePreferences } from './preferences';
import { recordActions } from './recordActions';

/** The list can be scrolled by keyboard alone. It hands this on to its scroll area; its own type does not name it. */
const SCROLLS = { viewportProps: { tabIndex: 0 } };

type Entry = { id: string; label: string; description?: ReactNode; run: () => void };

export default function Palette({ onClose }: { onClose: () => void }) {
  const me = useMe();
  const can = useCan();
  const navigate = useNavigate();
  const preferences = useSavePreferences();
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), 150);
  const [here] = useState(recordActions);
  const found = useQuery({ ...searchQuery(asked), enabled: asked.length > 1 });
  useEffect(() => spotlight.open(), []);
  // Letters typed before the box has the focus belong to it, not to the page's keys.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const elsewhere = !(event.target instanceof HTMLInputElement && event.target.closest('[role="dialog"]'));
      if (!elsewhere || event.key.length > 1 || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      setText((now) => now + event.key);
    };
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, []);
  // The list marks its first entry when the text changes; what the server finds comes later and needs the mark as well.
  // biome-ignore lint/correctness/useExhaustiveDependencies: after each new list
  useEffect(() => {
    const list = document.querySelector('.mantine-Spotlight-actionsList');
    if (list?.querySelector('[data-selected]')) return;
    list?.querySelector('[data-action]')?.setAttribute('data-selected', 'true');
  }, [found.data, text]);

  const pages: Entry[] = [
    { id: 'today', label: 'Today', run: () => void navigate({ to: '/' }) },
    ...(can('approvals.view')
      ? [
          { id: 'approvals', label: 'Approvals', run: () => void navigate({ to: '/approvals', search: {} }) },
          { id: 'approval-levels', label: 'Approval levels', run: () => void navigate({ to: '/settings/approvals' }) },
        ]
      : []),
    ...(can('filings.view')
      ? [
          { id: 'filings', label: 'Filings', run: () => void navigate({ to: '/filings' }) },
          {
            id: 'past-due',
            label: 'Filings past due',
            run: () => void navigate({ to: '/filings', search: { view: 'pastDue' } }),
          },
          {
            id: 'mine',
            label: 'My filings',
            run: () => void navigate({ to: '/filings', search: { assigneeId: ['me'] } }),
          },
          { id: 'calendar', label: 'Calendar', run: () => void navigate({ to: '/calendar' }) },
          ...(can('clients.view')
            ? [{ id: 'events', label: 'Events: awaited and recorded', run: () => void navigate({ to: '/events' }) }]
            : []),
        ]
      : []),
    ...(can('clients.view') ? [{ id: 'clients', label: 'Clients', run: () => void navigate({ to: '/clients' }) }] : []),
    ...(can('clients.edit')
      ? [{ id: 'new-client', label: 'New client', run: () => void navigate({ to: '/clients/new' }) }]
      : []),
    ...(can('clients.import')
      ? [{ id: 'imports', label: 'Imports', run: () => void navigate({ to: '/imports' }) }]
      : []),
    ...(can('users.manage')
      ? [{ id: 'users', label: 'Users', run: () => void navigate({ to: '/settings/users' }) }]
      : []),
    ...(can('roles.manage')
      ? [{ id: 'roles', label: 'Roles', run: () => void navigate({ to: '/settings/roles' }) }]
      : []),
    ...(can('api_keys.manage')
      ? [{ id: 'api-keys', label: 'API keys', run: () => void navigate({ to: '/settings/api-keys' }) }]
      : []),
    { id: 'notices', label: 'Notices', run: () => void navigate({ to: '/notices', search: {} }) },
    ...(can('rulebook.view')
      ? [{ id: 'rules', label: 'Rule library', run: () => void navigate({ to: '/rules' }) }]
      : []),
    ...(can('journal.view') ? [{ id: 'audit', label: 'Audit trail', run: () => void navigate({ to: '/audit' }) }] : []),
    { id: 'licence', label: 'Licence & plan', run: () => void navigate({ to: '/settings/licence' }) },
    { id: 'profile', label: 'Profile and security', run: () => void navigate({ to: '/profile' }) },
    {
      id: 'help',
      label: 'Keyboard help',
      run: () => void window.dispatchEvent(new Event('zippcrm:help')),
    },
  ].map((entry) => ({ ...entry, id: `page-${entry.id}` }));
  const years: Entry[] = fyChoices(me.currentFy).map((fy) => ({
    id: `fy-${fy}`,
    label: `Filings of FY ${fy}`,
    run: () => void navigate({ to: '/filings', search: { view: 'all', fy } }),
  }));
  const themes: Entry[] = (['light', 'dark', 'system'] as const).map((theme) => ({
    id: `theme-${theme}`,
    label: `Theme: ${theme}`,
    run: () => preferences.mutate({ theme }),
  }));
  const actions: Entry[] = here.map((action) => ({ id: `do-${action.label}`, ...action }));

  // Each group says what its own text holds; what the server found is shown as found.
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const matching = (entries: Entry[]) =>
    entries.filter((entry) => words.every((word) => entry.label.toLowerCase().includes(word)));
  const clients: Entry[] = (words.length ? (found.data?.clients ?? []) : []).map((client) => ({
    id: `client-${client.id}`,
    label: shortClientName(client.clientName, client.shortName),
    description: client.identifier ?? client.clientName,
    run: () => void navigate({ to: '/clients/$clientId/{-$tab}', params: { clientId: String(client.id) } }),
  }));
  const filings: Entry[] = (words.length ? (found.data?.filings ?? []) : []).map((filing) => ({
    id: `filing-${filing.id}`,
    label: `${filing.code} ${filing.periodLabel}`,
    description: `${shortClientName(filing.clientName)}, due ${formatDate(dueOf(filing))}`,
    run: () => void navigate({ to: '/filings/$filingId', params: { filingId: String(filing.id) } }),
  }));
  const groups: [string, Entry[]][] = [
    ['This record', matching(actions)],
    ['Clients', clients],
    ['Filings', filings],
    ['Go to', matching(pages)],
    ['Year', words.length ? matching(years) : []],
    ['Theme', words.length ? matching(themes) : []],
  ];
  const some = groups.some(([, entries]) => entries.length > 0);
  const waiting = asked.length > 1 && (found.isFetching || asked !== text.trim());
  return (
    <Spotlight.Root
      query={text}
      onQueryChange={setText}
      onSpotlightClose={onClose}
      shortcut={null}
      maxHeight={420}
      scrollable
      yOffset="12vh"
      transitionProps={{ duration: 0 }}
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
      aria-label="Search or jump to"
    >
      <Spotlight.Search
        placeholder="Client, PAN, return, number, page or action"
        aria-label="Search or jump to"
        leftSection={<IconSearch size={16} aria-hidden="true" />}
      />
      <Spotlight.ActionsList {...SCROLLS}>
        {groups.map(([title, entries]) =>
          entries.length ? (
            <Spotlight.ActionsGroup key={title} label={title}>
              {entries.map((entry) => (
                <Spotlight.Action key={entry.id} className={classes.action} onClick={entry.run}>
                  <span className="z-between" style={{ width: '100%' }}>
                    <span className="z-strong z-nowrap">{entry.label}</span>
                    {entry.description && <span className="z-2 z-clip">{entry.description}</span>}
                  </span>
                </Spotlight.Action>
              ))}
            </Spotlight.ActionsGroup>
          ) : null,
        )}
        {!some && <Spotlight.Empty>{waiting ? 'Looking…' : 'Nothing by that name.'}</Spotlight.Empty>}
      </Spotlight.ActionsList>
      {found.error && <p className="z-2 z-card-body">The search did not answer. Pages and actions still work.</p>}
    </Spotlight.Root>
  );
}
