// The keyboard help sheet, on "?".
import { Kbd, Modal } from '@mantine/core';
import { Fragment } from 'react';
import { keyLabel } from './hotkeys';
import { keysOn, useMe } from './me';

const GROUPS: { title: string; rows: [string[], string][] }[] = [
  {
    title: 'Everywhere',
    rows: [
      [['mod', 'K'], 'Search, jump to a page or record, run an action'],
      [['?'], 'This sheet'],
      [['Esc'], 'Leave a field, close, clear the selection'],
      [['mod', 'Enter'], 'Send a comment'],
      [['mod', 'Z'], 'Take back the last change, while its message shows'],
      [['mod', '\\'], 'Fold the sidebar'],
      [['mod', '.'], 'Fold the details at the right'],
    ],
  },
  {
    title: 'Go to',
    rows: [
      [['g', 't'], 'Today'],
      [['g', 'a'], 'Approvals'],
      [['g', 'f'], 'Filings'],
      [['g', 'd'], 'Calendar'],
      [['g', 'c'], 'Clients'],
      [['g', 'y'], 'Rule library'],
      [['g', 'u'], 'Audit trail'],
      [['g', 's'], 'Profile'],
      [['1', '9'], 'The first to the ninth tab'],
    ],
  },
  {
    title: 'Lists',
    rows: [
      [['/'], 'Quick filter'],
      [['f'], 'Add a filter'],
      [['j', 'k'], 'Next and previous row (arrow keys too)'],
      [['Enter'], 'Open the row'],
      [['Space'], 'Peek at the row beside the list; j and k change it'],
      [['Shift', 'Enter'], 'From the peek to the full page'],
      [['x'], 'Select the row'],
      [['Shift', 'j', 'k'], 'Extend the selection'],
      [['mod', 'A'], 'Select the page'],
      [['a'], 'Filings: assign the selection, or the row'],
      [['e'], 'Filings: change the internal target date. Clients: edit the row'],
      [['l'], 'Clients: change the tags of the row'],
      [['c'], 'Clients: take on a new one'],
    ],
  },
  {
    title: 'Calendar',
    rows: [
      [['←', '→', '↑', '↓'], 'Through days, months or people'],
      [['PgUp', 'PgDn'], 'Month before and after'],
      [['Home', 'End'], 'Start and end of the week or row'],
      [['Enter'], 'Open the day'],
    ],
  },
  {
    title: 'Approvals',
    rows: [
      [['j', 'k'], 'Next and previous change'],
      [['a'], 'To Approve; Enter confirms'],
      [['b'], 'To Send back'],
      [['r'], 'To Reject'],
    ],
  },
  {
    title: 'A filing',
    rows: [
      [['m'], 'Mark as filed'],
      [['a'], 'Assign'],
      [['c'], 'Write a comment'],
      [['[', ']'], 'Previous and next filing of the list it came from'],
    ],
  },
];

export default function HelpSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const me = useMe();
  return (
    <Modal opened={opened} onClose={onClose} title="Keyboard" closeButtonProps={{ 'aria-label': 'Close' }}>
      {GROUPS.map((group) => (
        <section key={group.title}>
          <h3 style={{ margin: '12px 0 6px' }}>{group.title}</h3>
          <dl className="z-facts">
            {group.rows.map(([keys, words]) => (
              <Fragment key={words}>
                <dt>
                  {keys.map((key) => (
                    <Kbd key={key} mr={4}>
                      {keyLabel(key)}
                    </Kbd>
                  ))}
                </dt>
                <dd>{words}</dd>
              </Fragment>
            ))}
          </dl>
        </section>
      ))}
      {!keysOn(me) && <p className="z-2">Single keys are off. Turn them on in Profile.</p>}
      <p className="z-3 z-small">ZippCRM {me.version}</p>
    </Modal>
  );
}
