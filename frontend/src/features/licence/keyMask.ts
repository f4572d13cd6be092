// The mask of the key field: groups of four with dashes while typing, however it comes from the clipboard.

/** "zcrm1a2b" becomes "ZCRM-1A2B". O and I count as 0 and 1, except that ZCRM has neither. */
export function keyMask(typed: string): string {
  const plain = typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/I/g, '1')
    .slice(0, 20);
  return plain.match(/.{1,4}/g)?.join('-') ?? '';
}
