// An empty place: icon, one sentence, at most a button or two.
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

export function EmptyNote({ icon: IconShape, text, children }: { icon: Icon; text: string; children?: ReactNode }) {
  return (
    <div style={{ display: 'grid', justifyItems: 'center', gap: 12, padding: '40px 16px', textAlign: 'center' }}>
      <IconShape size={32} stroke={1.4} aria-hidden="true" style={{ color: 'var(--z-icon)' }} />
      <p className="z-2" style={{ margin: 0, maxWidth: '48ch' }}>
        {text}
      </p>
      {children && <div className="z-row-wrap">{children}</div>}
    </div>
  );
}
