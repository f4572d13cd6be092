// The frame of every signed-in page: sidebar (or bottom bar on a phone), keyboard, offline bar, session-ended dialog.
import { useMantineColorScheme } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import type { Icon } from '@tabler/icons-react';
import {
  IconBuilding,
  IconCalendarMonth,
  IconChecks,
  IconFileCheck,
  IconLayoutDashboard,
  IconScale,
  IconSearch,
  IconShieldCheck,
  IconUpload,
  IconUser,
} from '@tabler/icons-react';
import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { formatCount } from '@/lib/format';
import { undoLast } from '@/lib/notify';
import classes from './AppShell.module.css';
import { keyLabel, useHotkeys, useModKeys } from './hotkeys';
import { keysOn, useMe } from './me';
import { OfflineBar } from './OfflineBar';
import { PlanGate } from './PlanGate';
import { SessionEnded } from './SessionEnded';
import { UserCorner } from './UserButton';

const LicenceBar = lazy(() => import('./LicenceBar'));
const HelpSheet = lazy(() => import('./HelpSheet'));
const loadPalette = () => import('./Palette');

type Item = {
  to: string;
  label: string;
  icon: Icon;
  on: (path: string) => boolean;
  count?: number;
  countWords?: string;
  /** The count is of something late. */
  late?: boolean;
};

export function AppShell() {
  const me = useMe();
  const path = useLocation({ select: (location) => location.pathname });
  const navigate = useNavigate();
  const [help, setHelp] = useState(false);
  const [palette, setPalette] = useState(false);
  // Held here, not by lazy(): a boundary that waits even a moment shows the palette later than the first letter typed into it.
  const [loaded, setLoaded] = useState<Awaited<ReturnType<typeof loadPalette>> | null>(null);
  const [collapsed, setCollapsed] = useLocalStorage({ key: 'zippcrm-sidebar', defaultValue: false });
  useThemeChoice(me.preferences.theme ?? 'system');

  const pastDue = me.counters.pastDue;
  const can = (permission: string) => me.permissions.includes(permission);
  const today: Item = { to: '/', label: 'Today', icon: IconLayoutDashboard, on: (p) => p === '/' };
  const waiting = me.counters.approvals;
  const approvals: Item = {
    to: '/approvals',
    label: 'Approvals',
    icon: IconChecks,
    on: (p) => p.startsWith('/approvals'),
    count: waiting,
    countWords: `${waiting} waiting for you`,
  };
  const filings: Item = {
    to: '/filings',
    label: 'Filings',
    icon: IconFileCheck,
    on: (p) => p.startsWith('/filings'),
    count: pastDue,
    countWords: `${pastDue} past due`,
    late: true,
  };
  const calendar: Item = {
    to: '/calendar',
    label: 'Calendar',
    icon: IconCalendarMonth,
    on: (p) => p.startsWith('/calendar') || p.startsWith('/events'),
  };
  const rules: Item = { to: '/rules', label: 'Rule library', icon: IconScale, on: (p) => p.startsWith('/rules') };
  const clients: Item = { to: '/clients', label: 'Clients', icon: IconBuilding, on: (p) => p.startsWith('/clients') };
  const imports: Item = { to: '/imports', label: 'Imports', icon: IconUpload, on: (p) => p.startsWith('/imports') };
  const audit: Item = { to: '/audit', label: 'Audit trail', icon: IconShieldCheck, on: (p) => p.startsWith('/audit') };
  const profile: Item = { to: '/profile', label: 'Profile', icon: IconUser, on: (p) => p.startsWith('/profile') };

  useHotkeys(
    {
      'g t': () => navigate({ to: '/' }),
      'g a': () => navigate({ to: '/approvals', search: {} }),
      'g f': () => navigate({ to: '/filings' }),
      'g d': () => navigate({ to: '/calendar' }),
      'g c': () => navigate({ to: '/clients' }),
      'g y': () => navigate({ to: '/rules' }),
      'g u': () => navigate({ to: '/audit' }),
      'g s': () => navigate({ to: '/profile' }),
      '?': () => setHelp(true),
    },
    keysOn(me),
  );
  useModKeys({ k: () => setPalette(true) }, { typing: true });
  useModKeys({
    '\\': () => setCollapsed((now) => !now),
    '.': () => document.documentElement.toggleAttribute('data-rail-off'),
    z: () => undoLast(),
  });
  useEffect(() => {
    if (loaded) return undefined;
    const load = () => void loadPalette().then(setLoaded, () => setPalette(false));
    const timer = setTimeout(load, palette ? 0 : 1500);
    return () => clearTimeout(timer);
  }, [loaded, palette]);
  useEffect(() => {
    const onHelp = () => setHelp(true);
    const onPalette = () => setPalette(true);
    window.addEventListener('zippcrm:help', onHelp);
    window.addEventListener('zippcrm:palette', onPalette);
    return () => {
      window.removeEventListener('zippcrm:help', onHelp);
      window.removeEventListener('zippcrm:palette', onPalette);
    };
  }, []);

  return (
    <div className={classes.frame} data-collapsed={collapsed || undefined}>
      <a className="z-skip" href="#main">
        Skip to content
      </a>
      <aside className={classes.side} data-print="hide" aria-label="Sidebar">
        <div className={classes.brand}>
          <span className={classes.mark} aria-hidden="true">
            {me.tenant.name.slice(0, 1)}
          </span>
          <span className={`${classes.text} z-clip`}>{me.tenant.name}</span>
        </div>
        <button
          type="button"
          className={classes.search}
          aria-label="Search or jump to"
          title={`Search or jump to (${keyLabel('mod')} K)`}
          onClick={() => setPalette(true)}
        >
          <IconSearch size={14} aria-hidden="true" />
          <span className={`${classes.text} z-grow`}>Search or jump to…</span>
          <kbd className={classes.text}>{keyLabel('mod')} K</kbd>
        </button>
        <nav aria-label="Main">
          <SideLink item={today} path={path} />
          {can('approvals.view') && <SideLink item={approvals} path={path} />}
          {can('filings.view') && (
            <>
              <div className={classes.group}>Compliance</div>
              <SideLink item={filings} path={path} />
              <SideLink item={calendar} path={path} />
              {can('rulebook.view') && <SideLink item={rules} path={path} />}
            </>
          )}
          {can('clients.view') && (
            <>
              <div className={classes.group}>Clients</div>
              <SideLink item={clients} path={path} />
              {can('clients.import') && <SideLink item={imports} path={path} />}
            </>
          )}
          {can('journal.view') && (
            <>
              <div className={classes.group}>Firm</div>
              <SideLink item={audit} path={path} />
            </>
          )}
        </nav>
        <div className={classes.foot}>
          <UserCorner />
        </div>
      </aside>
      <div className={classes.main}>
        <OfflineBar />
        {me.entitlements.mode.kind !== 'full' && (
          <Suspense fallback={null}>
            <LicenceBar />
          </Suspense>
        )}
        <Outlet />
      </div>
      <nav className={classes.bottom} aria-label="Main, bottom" data-print="hide">
        {[today, approvals, filings, clients, profile].map((item) => (
          <Link
            key={item.to}
            to={item.to}
            className={classes.tab}
            data-on={item.on(path) || undefined}
            aria-current={item.on(path) ? 'page' : undefined}
          >
            <item.icon size={20} stroke={1.6} aria-hidden="true" />
            {item.count ? (
              <sup>
                {formatCount(item.count)}
                <span className="z-hide"> {item === filings ? 'past due' : 'waiting for you'}</span>
              </sup>
            ) : null}
            <span>{item.label}</span>
          </Link>
        ))}
      </nav>
      {help && (
        <Suspense fallback={null}>
          <HelpSheet opened onClose={() => setHelp(false)} />
        </Suspense>
      )}
      {palette && loaded && <loaded.default onClose={() => setPalette(false)} />}
      <SessionEnded />
      <PlanGate />
    </div>
  );
}

function SideLink({ item, path }: { item: Item; path: string }) {
  const on = item.on(path);
  return (
    <Link
      to={item.to}
      className={classes.item}
      data-on={on || undefined}
      aria-current={on ? 'page' : undefined}
      title={item.label}
    >
      <item.icon size={16} stroke={1.7} aria-hidden="true" />
      <span className={classes.text}>{item.label}</span>
      {item.count ? (
        <span className={classes.badge} data-late={item.late || undefined}>
          <span aria-hidden="true">{formatCount(item.count)}</span>
          <span className="z-hide">{item.countWords}</span>
        </span>
      ) : null}
    </Link>
  );
}

/** Follows the theme saved with the person, on every device. */
function useThemeChoice(theme: string) {
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => setColorScheme(theme === 'light' || theme === 'dark' ? theme : 'auto'), [theme, setColorScheme]);
}
