// Your profile: name, theme, keys, password, sessions.
import { Button } from '@mantine/core';
import { roleTitle, useMe } from '@/app/me';
import { useSignOut } from '@/app/signOut';
import { Page } from '@/components/Page';
import { PasswordCard } from './PasswordCard';
import { PersonCard } from './PersonCard';
import { SessionsCard } from './SessionsCard';

export function ProfilePage() {
  const me = useMe();
  const signOut = useSignOut();
  return (
    <Page
      title="Profile"
      crumbs={[{ label: 'Settings' }]}
      sub={`${me.user.email ?? ''} · ${roleTitle(me.user.role)} · ${me.tenant.name}`}
      actions={
        <Button variant="default" onClick={signOut}>
          Sign out
        </Button>
      }
    >
      <div className="z-stack-lg" style={{ maxWidth: 720 }}>
        <PersonCard />
        <PasswordCard />
        <SessionsCard />
      </div>
    </Page>
  );
}
