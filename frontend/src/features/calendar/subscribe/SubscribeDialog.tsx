// Subscribe: make a private link for a calendar program, see one's links, renew or end them.
import { Modal } from '@mantine/core';
import { useState } from 'react';
import type { MadeFeed } from '@/api/types';
import type { CalendarSearch } from '../search';
import { FeedForm } from './FeedForm';
import { FeedList } from './FeedList';
import { MadeLink } from './MadeLink';

export default function SubscribeDialog({ search, onClose }: { search: CalendarSearch; onClose: () => void }) {
  const [made, setMade] = useState<MadeFeed | null>(null);
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={made ? `Subscribe to ${made.feed.name}` : 'Subscribe'}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {made ? (
        <MadeLink made={made} onDone={() => setMade(null)} />
      ) : (
        <div className="z-stack-lg">
          <FeedForm search={search} onMade={setMade} />
          <FeedList onMade={setMade} />
        </div>
      )}
    </Modal>
  );
}
