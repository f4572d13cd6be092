// The keyboard help sheet, on "?".
import { Kbd, Modal } from '@mantine/core';
import { Fragment } from 'react';
import { keysOn, useMe } from './me';

const GROUPS: { title: string; rows: [string[], string][] }[] = [
  {
    title: 'Go to',
    rows: [
      [['g', 't'], 'Today'],
      [['g', 'f'], 'Filings'],
      [['g', 'd'], 'Calendar'],
      [['g', 'c'], 'Clients'],
      [['g', 's'], 'Profile'],
    ],
  },
  {
    title: 'Lists',
    rows: [
      [['/'], 'Quick filter'],
      [['j', 'k'], 'Next and previous row (arrow keys too)'],
      [['Enter'], 'Open the row'],
      [['Esc'], 'Leave the filter, close'],
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
    title: 'A filing',
    rows: [
      [['m'], 'Mark as filed'],
      [['a'], 'Assign'],
      [['c'], 'Write a comment'],
    ],
  },
  {
    title: 'Everywhere',
    rows: [
      [['?'], 'This sheet'],
      [['Ctrl', '\\'], 'Fold the sidebar'],
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
                      {key}
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
