// The people of the firm as every list: sorted and shown as the address says, two lines each on a phone.
import { IconShieldCheck, IconUsers } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useMemo } from 'react';
import type { Member } from '@/api/types';
import { keysOn, useMe } from '@/app/me';
import { cardClass, DataTable } from '@/components/DataTable';
import { EmptyNote } from '@/components/EmptyNote';
import { plural } from '@/lib/format';
import { roleOf, seenWords, sortTeam, TEAM_COLUMNS, teamColumns } from './columns';
import { type Dialog, TEAM_SORT, type TeamSearch } from './search';
import classes from './Team.module.css';

// The menus bring their positioning code along: they come after the page.
const MemberMenu = lazy(() => import('./MemberMenu'));
const ColumnsMenu = lazy(() => import('@/components/ColumnsMenu').then((it) => ({ default: it.ColumnsMenu })));

type Props = {
  members: Member[] | undefined;
  search: TeamSearch;
  onSearch: (part: Partial<TeamSearch>) => void;
  onDo: (dialog: Dialog, member: Member) => void;
  onChanged: () => void;
};

export function PeopleTable({ members, search, onSearch, onDo, onChanged }: Props) {
  const me = useMe();
  const navigate = useNavigate();
  const sort = search.sort ?? TEAM_SORT;
  const rows = useMemo(() => members && sortTeam(members, sort), [members, sort]);
  const oneAdmin = (members?.filter((one) => one.active && one.role === 'admin').length ?? 0) <= 1;
  const menu = (member: Member) => (
    <Suspense fallback={<span className={classes.menu} />}>
      <MemberMenu
        member={member}
        self={member.id === me.user.id}
        last={oneAdmin && member.active && member.role === 'admin'}
        onDo={(dialog) => onDo(dialog, member)}
        onChanged={onChanged}
      />
    </Suspense>
  );
  const did = (member: Member) => ({ to: '/audit' as const, search: { actorId: [String(member.id)] } });
  return (
    <DataTable
      caption="People"
      columns={teamColumns(me.user.id, menu)}
      rows={rows}
      rowKey={(member) => String(member.id)}
      onOpen={(member) => void navigate(did(member))}
      keys={keysOn(me) && !search.do}
      sort={sort}
      onSort={(next) => onSearch({ sort: next.join() === TEAM_SORT.join() ? undefined : next })}
      hidden={search.hide}
      order={search.cols}
      rowHeight={search.rows}
      page={1}
      perPage={rows?.length ?? 0}
      total={rows?.length ?? 0}
      onPage={() => undefined}
      onPerPage={() => undefined}
      foot={
        <>
          <span>{plural(rows?.length ?? 0, 'person', 'people')}. A name leads to what the person did.</span>
          <Suspense fallback={null}>
            <ColumnsMenu
              columns={TEAM_COLUMNS}
              hidden={search.hide ?? []}
              order={search.cols}
              rowHeight={search.rows}
              onChange={onSearch}
            />
          </Suspense>
        </>
      }
      renderCard={(member) => (
        <div className={classes.card}>
          <Link {...did(member)} className={cardClass}>
            <span className="z-between">
              <span className="z-clip">
                <span className="z-strong">{member.displayName}</span>
                {member.id === me.user.id && <span className="z-2"> (you)</span>}
                {member.secondFactor && (
                  <IconShieldCheck size={14} aria-label="Second factor on" className={classes.shield} />
                )}
              </span>
              <span className="z-nowrap">{roleOf(member)}</span>
            </span>
            <span className="z-between z-2">
              <span className="z-clip">{member.email}</span>
              <span className="num z-nowrap">{seenWords(member)}</span>
            </span>
          </Link>
          {menu(member)}
        </div>
      )}
      empty={<EmptyNote icon={IconUsers} text="Nobody is here yet." />}
    />
  );
}
