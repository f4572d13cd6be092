// Points at a larger plan, as loudly as the plan's row says: never more than this one card, and never in front of work.
import { IconArrowUpRight } from '@tabler/icons-react';
import type { Licence } from '@/api/types';
import { formatCount } from '@/lib/format';
import { showLimit } from '@/lib/limit';

/** From this share of a limit on, a loud plan says so. */
const NEAR = 0.8;

export function NudgeCard({ licence }: { licence: Licence }) {
  const words = nudgeWords(licence);
  if (!words) return null;
  return (
    <div className="z-notice" data-tone="info">
      <IconArrowUpRight size={16} aria-hidden="true" />
      <p>
        {words} <a href="#plans">See plans</a>
      </p>
    </div>
  );
}

/** What to say, or nothing. */
export function nudgeWords({ claims, usage, features, upsell }: Licence): string | null {
  if (claims.nudge === 'loud') {
    const near = usage.find(({ used, limit }) => limit > 1 && used >= NEAR * limit);
    const by = near && claims.unlockedBy[near.name];
    if (near && by) {
      return `${near.title}: ${formatCount(near.used)} of ${showLimit(near.limit)} in use. ${by} has more.`;
    }
    const locked = features.filter((feature) => !feature.on && !feature.hidden && feature.unlockedBy).slice(0, 3);
    const first = locked[0];
    if (!first) return null;
    const same = locked.filter((feature) => feature.unlockedBy === first.unlockedBy);
    return `${first.unlockedBy} adds ${same.map((feature) => feature.title).join(', ')}.`;
  }
  if (claims.nudge === 'quiet') {
    const card = features.find((feature) => !feature.on && feature.unlockedBy && upsell.includes(feature.name));
    return card ? `${card.title} is on ${card.unlockedBy}.` : null;
  }
  return null;
}
