// Keyboard bindings: single keys and "g then letter". Off while typing, under an open dialog, or when the person turned them off.
import { useEffect, useRef } from 'react';

type Bindings = Record<string, (event: KeyboardEvent) => void>;

const SEQUENCE_MS = 1_000;

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** True while a modal or drawer is open: page keys must not reach below it. */
function dialogOpen(): boolean {
  return document.querySelector('[role="dialog"][aria-modal="true"], [role="dialog"].mantine-Modal-content') !== null;
}

/** Binds keys such as "j", "/", "?", "Enter", "g t". Control and command combinations are left to the browser. */
export function useHotkeys(bindings: Bindings, enabled = true): void {
  const latest = useRef(bindings);
  latest.current = bindings;
  useEffect(() => {
    if (!enabled) return undefined;
    let prefix = '';
    let timer = 0;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target) || dialogOpen()) return;
      const key = prefix ? `${prefix} ${event.key}` : event.key;
      const action = latest.current[key];
      if (action) {
        event.preventDefault();
        prefix = '';
        action(event);
        return;
      }
      const starts = !prefix && Object.keys(latest.current).some((name) => name.startsWith(`${event.key} `));
      prefix = starts ? event.key : '';
      window.clearTimeout(timer);
      if (starts) timer = window.setTimeout(() => (prefix = ''), SEQUENCE_MS);
    };
    window.addEventListener('keydown', onKey);
    return () => {
      window.clearTimeout(timer);
      window.removeEventListener('keydown', onKey);
    };
  }, [enabled]);
}
