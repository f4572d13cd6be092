// One change: who asks, why, what it does, what follows, who signs.
import { SegmentedControl } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconRefreshAlert } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { ProposalDetail } from '@/api/types';
import { Initials } from '@/components/Initials';
import { StateBadge } from '@/components/StatusBadge';
import { formatInstant, plural } from '@/lib/format';
import classes from './Approvals.module.css';
import { DecisionBar } from './DecisionBar';
import { Diff } from './Diff';
import { Side } from './Side';
import { proposalLook } from './words';

export const fieldsOf = (one: ProposalDetail): number =>
  one.sight.sections.reduce((sum, section) => sum + section.lines.length, 0);

export function Change({ one, onDecided }: { one: ProposalDetail; onDecided: () => void }) {
  const narrow = useMediaQuery('(max-width: 767px)', false, { getInitialValueInEffect: false });
  const [chosen, setChosen] = useState('side');
  const inline = narrow || chosen === 'line';
  const level =
    one.state === 'pending' && one.signOff.length > 1 ? `level ${one.level} of ${one.signOff.length}` : undefined;
  return (
    <article aria-labelledby="change" style={{ display: 'contents' }}>
      <div className={classes.head}>
        <h2 id="change">{one.title}</h2>
        <StateBadge look={proposalLook(one.state)} pill detail={level} />
        <span className="z-grow" />
        {!narrow && (
          <SegmentedControl
            size="xs"
            aria-label="How the change is shown"
            value={chosen}
            onChange={setChosen}
            data={[
              { value: 'side', label: 'Side by side' },
              { value: 'line', label: 'In one line' },
            ]}
          />
        )}
      </div>
      <p className="z-2" style={{ margin: '4px 0 0' }}>
        <About one={one} /> · {plural(fieldsOf(one), 'change')} · asked by {one.maker.name},{' '}
        {formatInstant(one.proposedAt)}
        {one.round > 1 && ` · round ${one.round}`}
      </p>
      {one.reason && (
        <div className={classes.reason}>
          <Initials name={one.maker.name} />
          <p>“{one.reason}”</p>
        </div>
      )}
      <div className={classes.body} style={one.reason ? undefined : { marginTop: 12 }}>
        <div className="z-stack-lg">
          {one.staleWhy && (
            <div className="z-notice" data-tone="danger">
              <IconRefreshAlert size={16} aria-hidden="true" />
              <p>{one.staleWhy} Nothing was changed. Propose it again from the record.</p>
            </div>
          )}
          <Diff sight={one.sight} inline={inline} caption="Fields before and after, as proposed" />
          {one.staleSight && (
            <>
              <h3 style={{ margin: 0 }}>What it would do now</h3>
              <Diff sight={one.staleSight} inline={inline} caption="Fields before and after, as it would be now" />
            </>
          )}
        </div>
        <Side one={one} />
      </div>
      <DecisionBar one={one} onDecided={onDecided} />
    </article>
  );
}

function About({ one }: { one: ProposalDetail }) {
  const [kind, id = ''] = (one.subjects[0] ?? '').split(':');
  if (kind === 'client') {
    return (
      <Link to="/clients/$clientId/{-$tab}" params={{ clientId: id }} className="z-strong">
        {one.about}
      </Link>
    );
  }
  if (kind === 'filing' && one.subjects.length === 1) {
    return (
      <Link to="/filings/$filingId" params={{ filingId: id }} className="z-strong">
        {one.about}
      </Link>
    );
  }
  if (kind === 'import') {
    return (
      <Link to="/imports/$importId" params={{ importId: id }} className="z-strong">
        {one.about}
      </Link>
    );
  }
  const code = one.about.split(' · ')[0] ?? '';
  if (kind === 'return') {
    return code.startsWith('INT-') ? (
      <Link to="/rules/internal/$code" params={{ code }} className="z-strong">
        {one.about}
      </Link>
    ) : (
      <Link to="/rules/$code/{-$tab}" params={{ code, tab: 'firm' }} className="z-strong">
        {one.about}
      </Link>
    );
  }
  const page = PAGES[one.action];
  return page ? (
    <Link to={page} className="z-strong">
      {one.about}
    </Link>
  ) : (
    <span className="z-strong">{one.about}</span>
  );
}

/** Where the records of an action are that have no page of their own. */
const PAGES: Record<string, '/rules/firm' | '/settings/users' | '/settings/api-keys' | '/settings/approvals'> = {
  'rulebook.override': '/rules/firm',
  'access.change': '/settings/users',
  'api_keys.create': '/settings/api-keys',
  'policies.edit': '/settings/approvals',
};
