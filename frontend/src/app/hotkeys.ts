// Keyboard bindings: single keys and "g then letter". Off while typing, under an open dialog, or when the person turned them off.
import { useEffect, useRef } from 'react';

type Bindings = Record<string, (event: KeyboardEvent) => void>;

const SEQUENCE_MS = 1_000;

/** In a field, or in a menu or popover that has keys of its own. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('[role="dialog"], [role="menu"], [role="listbox"]')) return true;
  if (target instanceof HTMLInputElement && /^(checkbox|radio|button)$/.test(target.type)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** True while a modal or drawer is open: page keys must not reach below it. */
function dialogOpen(): boolean {
  return document.querySelector('[role="dialog"][aria-modal="true"], [role="dialog"].mantine-Modal-content') !== null;
}

/** The keys of a binding as they are written on this keyboard: "mod" is ⌘ on a Mac, Ctrl elsewhere. */
export function keyLabel(key: string): string {
  if (key !== 'mod') return key;
  return /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl';
}

/**
 * Binds combinations with Ctrl or ⌘: "k", ".", "a". They stay on when single keys are off, and they work while typing
 * only when `typing` says so.
 */
export function useModKeys(bindings: Bindings, { typing = false, enabled = true } = {}): void {
  const latest = useRef(bindings);
  latest.current = bindings;
  useEffect(() => {
    if (!enabled) return undefined;
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.defaultPrevented) return;
      if (!typing && (isTyping(event.target) || dialogOpen())) return;
      const action = latest.current[event.key.toLowerCase()];
      if (!action) return;
      event.preventDefault();
      action(event);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [enabled, typing]);
}

type Binding = { current: Bindings };

/** Everything bound now, the newest last. One listener serves them, so that the letter after "g" means one thing. */
const bound: Binding[] = [];
let prefix = '';
let timer = 0;

function onSingleKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (isTyping(event.target) || dialogOpen()) return;
  const key = prefix ? `${prefix} ${event.key}` : event.key;
  prefix = '';
  window.clearTimeout(timer);
  const action = bound.findLast((one) => one.current[key])?.current[key];
  if (action) {
    event.preventDefault();
    action(event);
  } else if (bound.some((one) => Object.keys(one.current).some((name) => name.startsWith(`${key} `)))) {
    prefix = key;
    timer = window.setTimeout(() => {
      prefix = '';
    }, SEQUENCE_MS);
  }
}

/** Binds keys such as "j", "/", "?", "Enter", "g t". Control and command combinations are left to `useModKeys`. */
export function useHotkeys(bindings: Bindings, enabled = true): void {
  const latest = useRef(bindings);
  latest.current = bindings;
  useEffect(() => {
    if (!enabled) return undefined;
    if (bound.length === 0) window.addEventListener('keydown', onSingleKey);
    bound.push(latest);
    return () => {
      bound.splice(bound.indexOf(latest), 1);
      if (bound.length === 0) window.removeEventListener('keydown', onSingleKey);
    };
  }, [enabled]);
}
