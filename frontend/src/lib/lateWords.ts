// Lines of late cost in words.
const ROLES: Record<string, string> = {
  officer: 'each officer in default',
  partner: 'each designated partner',
  auditor: 'the auditor',
  other_director: 'the director',
  promoter: 'promoters and directors',
  owner: 'the owner',
  charge_holder: 'the charge holder',
};

const KINDS: Record<string, string> = { fee: 'Fee', penalty: 'Penalty', compensation: 'To the customer' };

/** True when a line falls on somebody other than the client. */
export function onSomebodyElse(fallsOn: string): boolean {
  return fallsOn in ROLES;
}

/** A line in words: "Penalty on each officer in default". */
export function lateLineTitle(line: { kind: string; fallsOn: string }): string {
  const who = ROLES[line.fallsOn];
  const kind = KINDS[line.kind] ?? line.kind;
  return who ? `${kind} on ${who}` : kind;
}
