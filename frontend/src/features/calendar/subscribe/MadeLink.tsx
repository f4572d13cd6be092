// The link, shown once, and how to add it to a calendar program.
import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';
import type { MadeFeed } from '@/api/types';
import { CopyText } from '@/components/Identifier';

const PROGRAMS: Record<string, string[]> = {
  Google: [
    'Open Google Calendar on a computer.',
    'Beside “Other calendars” press +, then “From URL”.',
    'Paste the link and press “Add calendar”. Google comes by a few times a day.',
  ],
  Outlook: [
    'Open the calendar and press “Add calendar”.',
    'Choose “Subscribe from web”.',
    'Paste the link, give it a name and press “Import”.',
  ],
  Apple: [
    'On a Mac: File, New Calendar Subscription. On an iPhone: Settings, Calendar, Accounts, Add Account, Other, Add Subscribed Calendar.',
    'Paste the link and press “Subscribe”.',
    'Set “Auto-refresh” to every hour or every day.',
  ],
};

export function MadeLink({ made, onDone }: { made: MadeFeed; onDone: () => void }) {
  const [program, setProgram] = useState('Google');
  return (
    <div className="z-stack-lg">
      <div className="z-notice" data-tone="info" role="status">
        <IconInfoCircle size={16} aria-hidden="true" />
        <p>Copy the link now: it is shown this once. If it is lost or seen by others, make a new one.</p>
      </div>
      <TextInput
        label="Link"
        value={made.url}
        readOnly
        data-autofocus
        onFocus={(event) => event.currentTarget.select()}
        rightSection={<CopyText value={made.url} label="link" />}
      />
      <div className="z-stack">
        <SegmentedControl
          aria-label="Calendar program"
          data={Object.keys(PROGRAMS)}
          value={program}
          onChange={setProgram}
        />
        <ol style={{ margin: 0, paddingInlineStart: 20 }}>
          {PROGRAMS[program]?.map((step) => (
            <li key={step} style={{ padding: '2px 0' }}>
              {step}
            </li>
          ))}
        </ol>
        <p className="z-2 z-small" style={{ margin: 0 }}>
          Google and Outlook on the web fetch from the internet, so they must be able to reach this address.
        </p>
      </div>
      <div className="z-row" style={{ justifyContent: 'flex-end' }}>
        <Button component="a" variant="default" size="sm" href={made.url.replace(/^https?:/, 'webcal:')}>
          Open in my calendar
        </Button>
        <Button size="sm" onClick={onDone}>
          Done
        </Button>
      </div>
    </div>
  );
}
