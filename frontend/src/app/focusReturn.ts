// A dialog that closes gives the keyboard back to what opened it. Dialogs come and go as a whole here, so the library, which
// returns the focus when one turns from open to closed, never sees that.

/** Remembers what had the focus on the page, outside what floats over it, and gives it back when a dialog is gone. */
export function watchFocus(): void {
  let last: HTMLElement | undefined;
  document.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement && !target.closest('[data-portal]')) last = target;
  });
  const held = (node: Node) => node instanceof Element && node.querySelector('[role="dialog"]') !== null;
  const floats = new MutationObserver((changes) => {
    const gone = changes.some((one) => [...one.removedNodes].some(held));
    if (gone && document.activeElement === document.body && last?.isConnected) last.focus({ preventScroll: true });
  });
  const portals = new MutationObserver((changes) => {
    for (const node of changes.flatMap((one) => [...one.addedNodes]))
      if (node instanceof HTMLElement && node.dataset.portal) floats.observe(node, { childList: true });
  });
  portals.observe(document.body, { childList: true });
}
