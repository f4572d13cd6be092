// Live checks of Indian identifiers while a person types. They help, never block; the server's answer is the one that counts.

/** What to show below an identifier field: a hint while typing, an error, or what the value says once it is whole. */
export type Feedback = { state: 'empty' | 'typing' | 'ok' | 'error'; text: string };

export type IdentifierKind = 'pan' | 'gstin' | 'cin' | 'llpin' | 'lei';

/** Upper case, without spaces and pasted hyphens (LLPIN keeps its own). */
export function normalise(kind: IdentifierKind, raw: string): string {
  const text = raw.toUpperCase().replace(/\s+/g, '');
  return kind === 'llpin' ? text : text.replace(/[-‐–—]/g, '');
}

const PAN_HOLDERS: Record<string, string> = {
  A: 'association of persons',
  B: 'body of individuals',
  C: 'company',
  F: 'firm or LLP',
  G: 'government',
  H: 'Hindu undivided family',
  J: 'artificial juridical person',
  L: 'local authority',
  P: 'individual',
  T: 'trust',
};

const GST_STATES: Record<string, string> = {
  '01': 'Jammu and Kashmir',
  '02': 'Himachal Pradesh',
  '03': 'Punjab',
  '04': 'Chandigarh',
  '05': 'Uttarakhand',
  '06': 'Haryana',
  '07': 'Delhi',
  '08': 'Rajasthan',
  '09': 'Uttar Pradesh',
  '10': 'Bihar',
  '11': 'Sikkim',
  '12': 'Arunachal Pradesh',
  '13': 'Nagaland',
  '14': 'Manipur',
  '15': 'Mizoram',
  '16': 'Tripura',
  '17': 'Meghalaya',
  '18': 'Assam',
  '19': 'West Bengal',
  '20': 'Jharkhand',
  '21': 'Odisha',
  '22': 'Chhattisgarh',
  '23': 'Madhya Pradesh',
  '24': 'Gujarat',
  '25': 'Daman and Diu (old)',
  '26': 'Dadra and Nagar Haveli and Daman and Diu',
  '27': 'Maharashtra',
  '28': 'Andhra Pradesh (old)',
  '29': 'Karnataka',
  '30': 'Goa',
  '31': 'Lakshadweep',
  '32': 'Kerala',
  '33': 'Tamil Nadu',
  '34': 'Puducherry',
  '35': 'Andaman and Nicobar Islands',
  '36': 'Telangana',
  '37': 'Andhra Pradesh',
  '38': 'Ladakh',
  '97': 'Other territory',
  '99': 'Centre jurisdiction',
};

const CIN_CLASSES: Record<string, string> = {
  PTC: 'private company',
  PLC: 'public company',
  FTC: 'subsidiary of a foreign company',
  FLC: 'financial lease company',
  GOI: 'Union government company',
  SGC: 'State government company',
  NPL: 'not-for-profit company',
  OPC: 'one person company',
  GAP: 'general association, public',
  GAT: 'general association, private',
  ULL: 'public unlimited company',
  ULT: 'private unlimited company',
};

type Shape = { length: number; at: (index: number) => { test: RegExp; expected: string } };

const LETTER = { test: /[A-Z]/, expected: 'a letter' };
const DIGIT = { test: /\d/, expected: 'a digit' };
const ALNUM = { test: /[A-Z0-9]/, expected: 'a letter or a digit' };

const SHAPES: Record<IdentifierKind, Shape> = {
  pan: { length: 10, at: (i) => (i < 5 || i === 9 ? LETTER : DIGIT) },
  gstin: {
    length: 15,
    at: (i) => {
      if (i < 2 || (i >= 7 && i < 11)) return DIGIT;
      if (i < 7 || i === 11 || i === 13) return LETTER;
      return i === 12 ? { test: /[1-9A-Z]/, expected: 'a digit from 1 to 9 or a letter' } : ALNUM;
    },
  },
  cin: {
    length: 21,
    at: (i) => {
      if (i === 0) return { test: /[LU]/, expected: 'L (listed) or U (unlisted)' };
      if (i < 6 || (i >= 8 && i < 12) || i >= 15) return DIGIT;
      return LETTER;
    },
  },
  llpin: { length: 8, at: (i) => (i < 3 ? LETTER : i === 3 ? { test: /-/, expected: 'a hyphen' } : DIGIT) },
  lei: { length: 20, at: (i) => (i < 18 ? ALNUM : DIGIT) },
};

const NAMES: Record<IdentifierKind, string> = { pan: 'PAN', gstin: 'GSTIN', cin: 'CIN', llpin: 'LLPIN', lei: 'LEI' };

/** The first character that cannot stand where it is, in words; null when all fit so far. */
function shapeError(kind: IdentifierKind, value: string): string | null {
  const shape = SHAPES[kind];
  if (value.length > shape.length) return `${NAMES[kind]} has ${shape.length} characters; this has ${value.length}.`;
  for (let i = 0; i < value.length; i += 1) {
    const { test, expected } = shape.at(i);
    const char = value[i] ?? '';
    if (!test.test(char)) return `Character ${i + 1} is "${char}"; it should be ${expected}.`;
  }
  return null;
}

const BASE36 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The GSTIN check character of the first 14 characters (weights 1,2,1,2..., base 36). */
export function gstinCheckCharacter(first14: string): string {
  let sum = 0;
  for (let i = 0; i < 14; i += 1) {
    const product = BASE36.indexOf(first14[i] ?? '0') * (i % 2 === 0 ? 1 : 2);
    sum += Math.floor(product / 36) + (product % 36);
  }
  return BASE36[(36 - (sum % 36)) % 36] ?? '';
}

/** ISO 7064 mod 97-10 over an LEI: true when the remainder is 1. */
export function leiHolds(lei: string): boolean {
  let remainder = 0;
  for (const char of lei) {
    for (const digit of String(BASE36.indexOf(char))) remainder = (remainder * 10 + Number(digit)) % 97;
  }
  return remainder === 1;
}

/** Feedback for a value as typed. `pan` is the client's PAN, to compare with the one inside a GSTIN. */
export function checkIdentifier(kind: IdentifierKind, raw: string, pan?: string): Feedback {
  const value = normalise(kind, raw);
  if (!value) return { state: 'empty', text: '' };
  const wrong = shapeError(kind, value);
  if (wrong) return { state: 'error', text: wrong };
  const left = SHAPES[kind].length - value.length;
  const progress = left > 0 ? `${left} more` : '';
  return CHECKS[kind](value, progress, pan ? normalise('pan', pan) : '');
}

type Check = (value: string, progress: string, pan: string) => Feedback;
const typing = (text: string, progress: string): Feedback => ({
  state: 'typing',
  text: [text, progress].filter(Boolean).join('; '),
});

const CHECKS: Record<IdentifierKind, Check> = {
  pan: (value, progress) => {
    const letter = value[3];
    const holder = letter ? PAN_HOLDERS[letter] : undefined;
    if (letter && !holder) {
      return {
        state: 'error',
        text: `4th letter is "${letter}"; it should be one of ${Object.keys(PAN_HOLDERS).join(', ')}.`,
      };
    }
    const meaning = holder ? `4th letter ${letter} means ${holder}` : '';
    return progress ? typing(meaning, progress) : { state: 'ok', text: `Format is right. ${meaning}.` };
  },
  gstin: (value, progress, pan) => {
    const state = value.length >= 2 ? GST_STATES[value.slice(0, 2)] : undefined;
    if (value.length >= 2 && !state) {
      return { state: 'error', text: `"${value.slice(0, 2)}" is not a state code. It should be 01 to 38, 97 or 99.` };
    }
    const inside = value.slice(2, 12);
    if (pan.length === 10 && inside && !pan.startsWith(inside) && inside.length === 10) {
      return { state: 'error', text: `The PAN inside is ${inside}; this client's PAN is ${pan}.` };
    }
    if (progress) return typing(state ?? '', progress);
    const check = gstinCheckCharacter(value.slice(0, 14));
    if (value[14] !== check)
      return { state: 'error', text: `Last character should be ${check}. Check the GSTIN again.` };
    return { state: 'ok', text: `${state}. PAN inside: ${inside}.` };
  },
  cin: (value, progress) => {
    const listed = value[0] === 'L' ? 'Listed' : 'Unlisted';
    const place = value.length >= 8 ? `, ${value.slice(6, 8)}` : '';
    const year = value.length >= 12 ? `, ${value.slice(8, 12)}` : '';
    if (value.length >= 12 && Number(value.slice(8, 12)) < 1800) {
      return { state: 'error', text: `The year inside is ${value.slice(8, 12)}; it should be 1800 or later.` };
    }
    const klass = value.length >= 15 ? CIN_CLASSES[value.slice(12, 15)] : undefined;
    if (value.length >= 15 && !klass) {
      return { state: 'error', text: `"${value.slice(12, 15)}" is not a company class (PTC, PLC and so on).` };
    }
    const text = `${listed}${place}${year}${klass ? `, ${klass}` : ''}`;
    return progress ? typing(text, progress) : { state: 'ok', text: `${text}.` };
  },
  llpin: (_value, progress) => (progress ? typing('', progress) : { state: 'ok', text: 'Format is right.' }),
  lei: (value, progress) => {
    if (progress) return typing('', progress);
    return leiHolds(value)
      ? { state: 'ok', text: 'Check digits are right.' }
      : { state: 'error', text: 'The last two digits do not fit the rest. Check the LEI again.' };
  },
};
