// A sheet of 200 clients as CSV, with 12 planted errors, made from a seed so that each run has its own names and numbers.
import { gstinCheckCharacter } from '../src/lib/identifiers';

/** One planted error: which client, in which column, what is there and what should be. */
export type Planted = { row: number; name: string; column: number; good: string; bad: string; gstin: string };

const HEADER = [
  'Name of client',
  'PAN',
  'GST No',
  'Entity type',
  'Track from',
  'AGM held on',
  'Registrations',
  'NBFC layer',
  'Asset size, own balance sheet',
];

const PAN = 1;
const GSTIN = 2;
const AGM = 5;

/** The first five are looked at by hand after the import; the rest are plain companies. */
const SPECIAL: { holder: string; entity: string; agm: string; rest: string[] }[] = [
  { holder: 'C', entity: 'private_company', agm: '2026-08-26', rest: ['', '', ''] },
  { holder: 'C', entity: 'public_company', agm: '', rest: ['RBI:NBFC-ICC', 'base', '6000000000'] },
  { holder: 'C', entity: 'public_company', agm: '', rest: ['RBI:PPI', '', ''] },
  { holder: 'C', entity: 'private_company', agm: '', rest: ['RBI:PA', '', ''] },
  { holder: 'F', entity: 'llp', agm: '', rest: ['', '', ''] },
];
const PLAIN = { holder: 'C', entity: 'private_company', agm: '2026-08-26', rest: ['', '', ''] };

/** The name of the nth client of the sheet, from 1. */
export const nameOf = (seed: number, n: number) => `Sheet ${seed} Company ${n}`;

/** The sheet with its errors, and what was planted. Rows count from 2, as in a spreadsheet. */
export function sheetOf(seed: number): { bad: string; planted: Planted[] } {
  const letters = (n: number) => String.fromCharCode(65 + (n % 26));
  const rows = Array.from({ length: 200 }, (_, i) => {
    const kind = SPECIAL[i] ?? PLAIN;
    const pan = `A${letters(seed)}${letters(seed + Math.floor(i / 26))}${kind.holder}${letters(i)}${String(1000 + ((seed * 7 + i) % 9000))}${letters(i + 3)}`;
    const base = `27${pan}1Z`;
    const gstin = base + gstinCheckCharacter(base);
    return [nameOf(seed, i + 1), pan, gstin, kind.entity, '2026-04-01', kind.agm, ...kind.rest];
  });
  const planted: Planted[] = [];
  const spoilt = rows.map((row) => [...row]);
  for (let n = 0; n < 12; n += 1) {
    const at = n * 16 + 5;
    const column = [GSTIN, PAN, AGM][n % 3] ?? GSTIN;
    const good = rows[at]?.[column] ?? '';
    const last = good.slice(-1);
    const wrong = last === 'A' ? 'B' : 'A';
    const bad = column === GSTIN ? good.slice(0, -1) + wrong : column === PAN ? good.slice(0, -1) : '31/02/2026';
    const line = spoilt[at];
    if (line) {
      line[column] = bad;
      // A wrong PAN would also disagree with the GSTIN; one planted error is one error.
      if (column === PAN) line[GSTIN] = '';
    }
    planted.push({ row: at + 2, name: nameOf(seed, at + 1), column, good, bad, gstin: rows[at]?.[GSTIN] ?? '' });
  }
  return { bad: toCsv([HEADER, ...spoilt]), planted };
}

/** Corrects the planted cells in the copy that came back, and nothing else: its "Problems" column stays. */
export function corrected(copy: string, planted: Planted[]): string {
  const lines = fromCsv(copy);
  for (const error of planted) {
    const line = lines.find((cells) => cells[0] === error.name);
    if (!line) throw new Error(`${error.name} is not in the returned copy`);
    if (line[error.column] !== error.bad)
      throw new Error(`${error.name}: ${line[error.column]} came back for ${error.bad}`);
    line[error.column] = error.good;
    line[GSTIN] = error.gstin;
  }
  return toCsv(lines);
}

/** The words beside the errors of one client in the returned copy. */
export function problemsOf(copy: string, name: string): string {
  const lines = fromCsv(copy);
  const at = lines[0]?.indexOf('Problems') ?? -1;
  return lines.find((cells) => cells[0] === name)?.[at] ?? '';
}

const toCsv = (lines: string[][]) =>
  lines
    .map((line) => line.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(','))
    .join('\r\n');

function fromCsv(text: string): string[][] {
  const lines: string[][] = [[]];
  let cell = '';
  let quoted = false;
  const body = text.replace(/^\uFEFF/, '');
  for (let i = 0; i < body.length; i += 1) {
    const c = body[i];
    if (quoted) {
      if (c === '"' && body[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else if (c === '"') quoted = false;
      else cell += c;
    } else if (c === '"') quoted = true;
    else if (c === ',' || c === '\n') {
      lines.at(-1)?.push(cell);
      cell = '';
      if (c === '\n') lines.push([]);
    } else if (c !== '\r') cell += c;
  }
  lines.at(-1)?.push(cell);
  return lines.filter((line) => line.length > 1);
}
