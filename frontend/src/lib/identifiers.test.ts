// Live identifier checks. The GSTIN check character is the worked example of the domain notes (27AAPFU0939F1Z gives V).
import { describe, expect, it } from 'vitest';
import { checkIdentifier, gstinCheckCharacter, leiHolds, normalise } from './identifiers';

describe('PAN', () => {
  it('says what the 4th letter means while typing', () => {
    expect(checkIdentifier('pan', 'aapf')).toEqual({ state: 'typing', text: '4th letter F means firm or LLP; 6 more' });
  });
  it('names the character that is wrong and what was expected', () => {
    expect(checkIdentifier('pan', 'AAPFU09X').text).toBe('Character 8 is "X"; it should be a digit.');
    expect(checkIdentifier('pan', 'AAPXU0939F').text).toMatch(/^4th letter is "X"/);
  });
  it('accepts a whole one', () => expect(checkIdentifier('pan', 'AAPFU0939F').state).toBe('ok'));
  it('says when there is too much', () =>
    expect(checkIdentifier('pan', 'AAPFU0939FF').text).toBe('PAN has 10 characters; this has 11.'));
});

describe('GSTIN', () => {
  it('works out the check character', () => expect(gstinCheckCharacter('27AAPFU0939F1Z')).toBe('V'));
  it('accepts the good one and names state and PAN', () => {
    expect(checkIdentifier('gstin', '27AAPFU0939F1ZV')).toEqual({
      state: 'ok',
      text: 'Maharashtra. PAN inside: AAPFU0939F.',
    });
  });
  it('says what the last character should be', () => {
    expect(checkIdentifier('gstin', '27AAPFU0939F1ZX')).toEqual({
      state: 'error',
      text: 'Last character should be V. Check the GSTIN again.',
    });
  });
  it('knows states 38 and 97 and refuses 00 and 39', () => {
    expect(checkIdentifier('gstin', '38').text).toBe('Ladakh; 13 more');
    expect(checkIdentifier('gstin', '97').text).toBe('Other territory; 13 more');
    expect(checkIdentifier('gstin', '00').state).toBe('error');
    expect(checkIdentifier('gstin', '39').state).toBe('error');
  });
  it('compares the PAN inside with the client', () => {
    expect(checkIdentifier('gstin', '27AAPFU0939F1ZV', 'AAACR5055K').text).toBe(
      "The PAN inside is AAPFU0939F; this client's PAN is AAACR5055K.",
    );
  });
});

describe('CIN and LLPIN', () => {
  it('reads the parts as they come', () => {
    expect(checkIdentifier('cin', 'U').text).toBe('Unlisted; 20 more');
    expect(checkIdentifier('cin', 'L65923MH2011PLC214587')).toEqual({
      state: 'ok',
      text: 'Listed, MH, 2011, public company.',
    });
  });
  it('refuses a class that does not exist', () =>
    expect(checkIdentifier('cin', 'U65923MH2011XXX').text).toMatch(/not a company class/));
  it('wants the hyphen of an LLPIN', () => {
    expect(checkIdentifier('llpin', 'AAB-1234').state).toBe('ok');
    expect(checkIdentifier('llpin', 'AAB1').text).toBe('Character 4 is "1"; it should be a hyphen.');
  });
});

describe('LEI', () => {
  // The example of ISO 17442 as GLEIF publishes it for itself.
  it('checks the last two digits', () => {
    expect(leiHolds('506700GE1G29325QX363')).toBe(true);
    expect(checkIdentifier('lei', '506700GE1G29325QX364').state).toBe('error');
  });
});

it('drops spaces and pasted hyphens, and upper-cases', () => {
  expect(normalise('gstin', ' 27-aapfu 0939f1zv ')).toBe('27AAPFU0939F1ZV');
  expect(normalise('llpin', 'aab-1234')).toBe('AAB-1234');
  expect(checkIdentifier('pan', '   ')).toEqual({ state: 'empty', text: '' });
});
