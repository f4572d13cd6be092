// Your profile: name, theme, keys, password, second factor, sessions.
import { Button } from '@mantine/core';
import { roleTitle, useMe } from '@/app/me';
import { useSignOut } from '@/app/signOut';
import { Page } from '@/components/Page';
import { SecondFactorCard } from '@/features/secondFactor/SecondFactorCard';
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
      sub={`${me.user.email ?? ''} · ${me.user.roleName ?? roleTitle(me.user.role)} · ${me.tenant.name}`}
      actions={
        <Button variant="default" onClick={signOut}>
          Sign out
        </Button>
      }
    >
      <div className="z-stack-lg" style={{ maxWidth: 720 }}>
        <PersonCard />
        <PasswordCard />
        <SecondFactorCard />
        <SessionsCard />
      </div>
    </Page>
  );
}
