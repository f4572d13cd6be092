// Prints always use the light scheme; the screen's scheme comes back afterwards.
import { useEffect } from 'react';

/** While shown, the page prints on its side. On the body: a named page below it would start a sheet of its own. */
export function useLandscape(on: boolean): void {
  useEffect(() => {
    if (!on) return undefined;
    document.body.dataset.page = 'landscape';
    return () => {
      delete document.body.dataset.page;
    };
  }, [on]);
}

export function watchPrint(): void {
  const root = document.documentElement;
  let before = 'light';
  window.addEventListener('beforeprint', () => {
    before = root.getAttribute('data-mantine-color-scheme') ?? 'light';
    root.setAttribute('data-mantine-color-scheme', 'light');
  });
  window.addEventListener('afterprint', () => root.setAttribute('data-mantine-color-scheme', before));
}
