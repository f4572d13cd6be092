// The frame inside the shell: top bar with breadcrumb, one h1, status, actions. Sets the tab's title.
import { ActionIcon } from '@mantine/core';
import { IconHelpCircle, IconSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { Bell } from '@/app/Bell';
import classes from './Page.module.css';

export type Crumb = { label: string; to?: string };

type Props = {
  title: string;
  /** Shown instead of the title in the heading when it needs more than text. */
  heading?: ReactNode;
  crumbs?: Crumb[];
  badge?: ReactNode;
  sub?: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
  /** At the right of the top bar: where the record stands in its list. */
  bar?: ReactNode;
  /** Content reaches the edges: for lists. */
  flush?: boolean;
  children: ReactNode;
};

export function Page({ title, heading, crumbs = [], badge, sub, lead, actions, bar, flush, children }: Props) {
  useEffect(() => {
    document.title = `${title} · ZippCRM`;
  }, [title]);
  return (
    <>
      <header className={classes.bar} data-print="hide">
        <nav aria-label="Breadcrumb" className="z-grow">
          <ol className={classes.crumbs}>
            {crumbs.map((crumb) => (
              <li key={crumb.label}>
                {crumb.to ? <Link to={crumb.to}>{crumb.label}</Link> : <span>{crumb.label}</span>}
              </li>
            ))}
            <li>
              <span aria-current="page">{title}</span>
            </li>
          </ol>
        </nav>
        {bar}
        <ActionIcon
          hiddenFrom="sm"
          aria-label="Search or jump to"
          onClick={() => window.dispatchEvent(new Event('zippcrm:palette'))}
        >
          <IconSearch size={18} stroke={1.6} />
        </ActionIcon>
        <Bell />
        <ActionIcon
          aria-label="Help and keyboard"
          title="Help and keyboard (?)"
          onClick={() => window.dispatchEvent(new Event('zippcrm:help'))}
        >
          <IconHelpCircle size={18} stroke={1.6} />
        </ActionIcon>
      </header>
      <main id="main" tabIndex={-1} className={`${classes.body} ${flush ? classes.flush : ''}`}>
        <div
          className={`${classes.head} ${sub || (typeof heading === 'string' ? heading : title).length > 24 ? classes.long : ''}`}
        >
          {lead}
          <div className="z-grow">
            <div className={classes.title}>
              <h1>{heading ?? title}</h1>
              {badge}
            </div>
            {sub && <div className={classes.sub}>{sub}</div>}
          </div>
          {actions && (
            <div className={classes.actions} data-print="hide">
              {actions}
            </div>
          )}
        </div>
        {children}
      </main>
    </>
  );
}
