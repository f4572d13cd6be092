// Who can hold a filing, in words.
export const HOLDERS: Record<string, { label: string; held: string }> = {
  ours: { label: 'Ours', held: 'With us' },
  client: { label: 'Client', held: 'With client' },
  checker: { label: 'Checker', held: 'With checker' },
  regulator: { label: 'Regulator', held: 'With regulator' },
};

export function holderLabel(holder: string): string {
  return HOLDERS[holder]?.label ?? holder;
}

export function holderWith(holder: string): string {
  return HOLDERS[holder]?.held ?? holder;
}
