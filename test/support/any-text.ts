import * as fc from 'fast-check';

/** Surrogates stand in pairs, and are no letters of their own. */
const SURROGATES = { first: 0xd800, count: 0x800 };
const LAST = 0x10_ffff;

const codePoint = fc.nat(LAST - SURROGATES.count).map(
  (n) => String.fromCodePoint(n < SURROGATES.first ? n : n + SURROGATES.count),
  (letter) => {
    const at = typeof letter === 'string' && /^.$/su.test(letter) ? (letter.codePointAt(0) as number) : -1;
    if (at < 0) throw new Error('no letter');
    return at < SURROGATES.first ? at : at - SURROGATES.count;
  },
);

/**
 * Any text that has a UTF-8. As `unit: 'binary'` of fast-check, which first makes a table of all letters that there are: half a
 * second in every file.
 */
export const anyText = (
  limits: { readonly minLength?: number; readonly maxLength?: number } = {},
): fc.Arbitrary<string> => fc.string({ ...limits, unit: codePoint });
