// The head of a printed list: the firm, what is listed, by whom and when.
import { useEffect, useState } from 'react';
import { useMe } from '@/app/me';
import { formatInstant } from '@/lib/format';
import classes from './PrintHead.module.css';

export function PrintHead({ title, words }: { title: string; words: string }) {
  const me = useMe();
  const [at, setAt] = useState('');
  useEffect(() => {
    const onPrint = () => setAt(new Date().toISOString());
    window.addEventListener('beforeprint', onPrint);
    return () => window.removeEventListener('beforeprint', onPrint);
  }, []);
  return (
    <div className={classes.head} aria-hidden="true">
      <strong>{me.tenant.name}</strong>
      <span>
        {title}: {words}
      </span>
      <span>
        Printed by {me.user.displayName}
        {at && `, ${formatInstant(at)} IST`}
      </span>
    </div>
  );
}
