// What can be done about one person of the firm.
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { api, ifMatch } from '@/api/client';
import type { Member } from '@/api/types';
import { WriteItem } from '@/components/WriteItem';
import { useRefreshApprovals } from '@/features/approvals/useRefreshApprovals';
import { done, waitsOrFailed } from '@/lib/notify';
import type { Dialog } from './search';

type Props = { member: Member; self: boolean; last: boolean; onDo: (dialog: Dialog) => void; onChanged: () => void };

export default function MemberMenu({ member, self, last, onDo, onChanged }: Props) {
  const refresh = useRefreshApprovals();
  const back = useMutation({
    mutationFn: () =>
      api.POST('/api/users/{id}/reactivate', {
        params: { path: { id: member.id }, header: ifMatch(member.version) },
      }),
    onSuccess: () => {
      done(`${member.displayName} can sign in again.`);
      onChanged();
    },
    onError: waitsOrFailed(refresh),
  });
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon aria-label={`Actions for ${member.displayName}`}>
          <IconDots size={18} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {last && <Menu.Label>The last active administrator stays one.</Menu.Label>}
        {self && !last && <Menu.Label>Another administrator changes you.</Menu.Label>}
        <WriteItem disabled={self || last} onClick={() => onDo('role')}>
          Change role…
        </WriteItem>
        {member.secondFactor && (
          <WriteItem disabled={self} onClick={() => onDo('reset')}>
            Reset second factor…
          </WriteItem>
        )}
        {member.active ? (
          <Menu.Item disabled={self || last} onClick={() => onDo('leave')}>
            Deactivate…
          </Menu.Item>
        ) : (
          <WriteItem onClick={() => back.mutate()}>Let in again</WriteItem>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
