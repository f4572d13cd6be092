// Your name at the foot of the sidebar; opens your menu.
import { IconSelector } from '@tabler/icons-react';
import { type ComponentProps, lazy, Suspense, useState } from 'react';
import { Initials } from '@/components/Initials';
import classes from './AppShell.module.css';
import { roleTitle, useMe } from './me';

const UserMenu = lazy(() => import('./UserMenu'));

/** The button alone: also what the menu hangs on. */
export function UserButton(props: ComponentProps<'button'>) {
  const me = useMe();
  return (
    <button
      type="button"
      className={classes.user}
      aria-label={`Your menu: ${me.user.displayName}`}
      aria-haspopup="menu"
      {...props}
    >
      <Initials name={me.user.displayName} />
      <span className={`${classes.text} z-grow`}>
        <span className={`${classes.userName} z-clip`}>{me.user.displayName}</span>
        <span className="z-small z-2">{roleTitle(me.user.role)}</span>
      </span>
      <IconSelector size={14} aria-hidden="true" className={classes.text} />
    </button>
  );
}

/** The button until it is pressed, then the button with its menu. */
export function UserCorner() {
  const [wanted, setWanted] = useState(false);
  if (!wanted) return <UserButton onClick={() => setWanted(true)} />;
  return (
    <Suspense fallback={<UserButton />}>
      <UserMenu />
    </Suspense>
  );
}
