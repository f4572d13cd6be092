// The one-column page around sign-in, forgot and reset.
import { type ReactNode, useEffect } from 'react';
import classes from './AuthFrame.module.css';

export function AuthFrame({ title, children }: { title: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · ZippCRM`;
  }, [title]);
  return (
    <main className={classes.page}>
      <div className={classes.column}>
        <img src="/favicon.svg" alt="" width={32} height={32} />
        <h1>{title}</h1>
        {children}
        <p className="z-3 z-small">ZippCRM</p>
      </div>
    </main>
  );
}
