// Prints always use the light scheme; the screen's scheme comes back afterwards.

export function watchPrint(): void {
  const root = document.documentElement;
  let before = 'light';
  window.addEventListener('beforeprint', () => {
    before = root.getAttribute('data-mantine-color-scheme') ?? 'light';
    root.setAttribute('data-mantine-color-scheme', 'light');
  });
  window.addEventListener('afterprint', () => root.setAttribute('data-mantine-color-scheme', before));
}
