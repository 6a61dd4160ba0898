import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { anyText } from '../../../test/support/any-text.js';
import type { MatcherMode } from '../labels/index.js';
import { createMatcher } from './create-matcher.js';
import { formatMatchers } from './format.js';
import type { MatchOperator, Matcher } from './matcher.js';
import { parseMatcher, parseMatchers } from './parse-matchers.js';
import { RE2JS } from 're2js';
import { readPlainRegex } from './plain-regex.js';
import { compileAnchored } from './regex.js';

const MODES: readonly MatcherMode[] = ['fallback', 'classic', 'utf8'];

/** Texts that are nearly matchers. */
const nearMatcher = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'foo',
        '=',
        '!=',
        '=~',
        '!~',
        '!',
        '~',
        '"',
        '\\',
        '{',
        '}',
        ',',
        ' ',
        '\n',
        '(',
        '.*',
        '\\xff',
        '🙂',
      ),
      anyText({ maxLength: 3 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

const regexPart = fc.constantFrom(
  'a',
  'b',
  'foo',
  '.',
  '.*',
  '.+',
  '|',
  '(',
  '(?:',
  ')',
  '\\.',
  '[a-c]',
  '[b-a]',
  '[0x]',
  '[a-z]',
  '[^A-Z0-9_-]',
  '[a-',
  '-z]',
  '{2}',
  '\\d',
  '\\_',
  '\\b',
  '^',
  '+',
  '?',
  '*',
  '\n',
  '(?s)',
  '🙂',
);
const regex = fc.array(regexPart, { maxLength: 8 }).map((parts) => parts.join(''));
const value = fc
  .array(fc.constantFrom('a', 'b', 'foo', '.', '\n', '🙂', '|'), { maxLength: 5 })
  .map((parts) => parts.join(''));

const matcher = fc
  .tuple(
    fc.string({ unit: 'grapheme', minLength: 1 }),
    fc.constantFrom<MatchOperator>('=', '!=', '=~', '!~'),
    fc.oneof(fc.string({ unit: 'grapheme' }), regex),
  )
  .map(([name, operator, text]) => createMatcher(operator, name, text))
  .filter((created) => created.ok)
  .map((created) => created.value);

const texts = (matchers: readonly Matcher[]) =>
  matchers.map(({ name, operator, value }) => ({ name, operator, value }));

describe('matchers', () => {
  it('never throw, whatever the text', () => {
    fc.assert(
      fc.property(nearMatcher, fc.constantFrom(...MODES), (text, mode) => {
        parseMatchers(text, mode);
        parseMatcher(text, mode);
      }),
    );
  });

  it('come back from print as they were', () => {
    fc.assert(
      fc.property(fc.array(matcher, { minLength: 1, maxLength: 4 }), (matchers) => {
        const parsed = parseMatchers(formatMatchers(matchers), 'utf8');
        expect(parsed.ok && texts(parsed.value.matchers)).toEqual(texts(matchers));
      }),
    );
  });

  it('give a suggestion that the strict grammar reads the same', () => {
    fc.assert(
      fc.property(nearMatcher, (text) => {
        const parsed = parseMatchers(text, 'fallback');
        if (!parsed.ok) return;
        for (const { suggestion } of parsed.value.warnings) {
          if (suggestion === undefined) continue;
          const again = parseMatchers(suggestion, 'utf8');
          expect(again.ok && texts(again.value.matchers)).toEqual(texts(parsed.value.matchers));
        }
      }),
    );
  });

  it('answer by their short cuts as the engine of regular expressions does', () => {
    fc.assert(
      fc.property(regex, fc.array(value, { maxLength: 6 }), (pattern, values) => {
        const created = createMatcher('=~', 'a', pattern);
        const engine = compileAnchored(pattern);
        expect(created.ok).toBe(engine.ok);
        if (!created.ok || !engine.ok) return;
        const { literals, matches, prefixes } = created.value;
        for (const text of values) {
          expect(matches(text)).toBe(engine.value.matches(text));
          if (literals) expect(literals.includes(text)).toBe(matches(text));
          if (prefixes.length > 0 && matches(text))
            expect(prefixes.filter((prefix) => text.startsWith(prefix))).not.toEqual([]);
        }
        for (const literal of literals?.slice(0, 50) ?? []) expect(engine.value.matches(literal)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('are compiled late only when the engine would take the expression, with and without anchors', () => {
    fc.assert(
      fc.property(regex, (pattern) => {
        const plain = readPlainRegex(pattern);
        if (plain === undefined) return;
        RE2JS.compile(pattern);
        const engine = compileAnchored(pattern);
        expect(engine.ok && engine.value.matches('')).toBe(plain.acceptsEmpty);
      }),
      { numRuns: 2_000 },
    );
  });
});
