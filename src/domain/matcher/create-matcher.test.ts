import { describe, expect, it } from '@jest/globals';
import { LabelSet } from '../labels/index.js';
import { createMatcher } from './create-matcher.js';
import type { MatchOperator, Matcher } from './matcher.js';
import { matchesAll } from './matches-all.js';
import { MAX_REGEX_LENGTH } from './regex.js';

function matcher(operator: MatchOperator, value: string): Matcher {
  const created = createMatcher(operator, 'a', value);
  if (!created.ok) throw new Error(created.issues[0]?.message);
  return created.value;
}

/** Operator and value; what it says to the label's value `x`, to `xy`, and to an absent label. */
const TRUTH: [MatchOperator, string, boolean, boolean, boolean][] = [
  ['=', '', false, false, true],
  ['=', 'x', true, false, false],
  ['!=', '', true, true, false],
  ['!=', 'x', false, true, true],
  ['=~', '', false, false, true],
  ['=~', 'x', true, false, false],
  ['=~', 'x?', true, false, true],
  ['=~', 'x.+', false, true, false],
  ['=~', '.*', true, true, true],
  ['=~', 'x|xy', true, true, false],
  ['!~', '', true, true, false],
  ['!~', 'x', false, true, true],
  ['!~', 'x.*', false, false, true],
  ['!~', '.*', false, false, false],
];

describe('createMatcher', () => {
  it.each(TRUTH)('a%s"%s"', (operator, value, x, xy, absent) => {
    const { matches } = matcher(operator, value);
    expect([matches('x'), matches('xy'), matches('')]).toEqual([x, xy, absent]);
  });

  it.each<[string, string[], string[]]>([
    ['foo.*', ['foo', 'foobar'], ['xfoo', 'foo\nbar', 'fo']],
    ['.*foo', ['foo', 'xfoo'], ['foox', 'a\nfoo']],
    ['.+foo', ['xfoo', '🙂foo'], ['foo']],
    ['.+foo.+', ['xfoox', 'foofoox'], ['foo', 'xfoo', 'foox', 'foofoo']],
    ['.*foo.*', ['foo', 'afoob'], ['fo', 'foo\n']],
    ['.+', ['x', ' '], ['', '\n']],
    ['.+.+', ['ab'], ['🙂', 'a']],
    ['.+a|b', ['xa', 'b'], ['a', 'xb']],
    ['foo\\..*', ['foo.', 'foo.x'], ['foox']],
    ['foo\\.*', ['foo', 'foo..'], ['foox']],
    ['a|', ['a', ''], ['b']],
    ['(web|db)-1', ['web-1', 'db-1'], ['web', 'db']],
    ['foo[0-9]+', ['foo1'], ['foo', 'xfoo1']],
    ['foo?', ['fo', 'foo'], ['f']],
    ['a(?s)*', ['', 'aa'], ['b']],
    ['foo|foo-[a-z]+', ['foo', 'foo-x'], ['fo', 'foo-', 'xfoo']],
    ['fo*|bar.', ['f', 'foo', 'bars'], ['', 'bar', 'o']],
    ['a[|]b|c(d|e)', ['a|b', 'cd', 'ce'], ['b', 'e', 'a[']],
    ['a|(?i)b|c', ['a', 'B', 'C'], ['A']],
    ['(a*|b)+(?:c?)', ['', 'c', 'aabc'], ['cc']],
    ['(?i)foo', ['FOO', 'foo'], ['fo']],
    ['(?s).', ['\n', 'x', '🙂'], ['']],
    ['^foo$', ['foo'], ['xfoo', 'foo\n']],
    ['a)|(?:b', ['axx', 'xxb'], ['x']],
    ['\\Qa.b\\E', ['a.b'], ['axb']],
  ])('%j', (value, accepted, refused) => {
    const { matches } = matcher('=~', value);
    expect([accepted.filter((text) => !matches(text)), refused.filter((text) => matches(text))]).toEqual([[], []]);
  });

  it.each<[MatchOperator, string, readonly string[] | undefined]>([
    ['=', 'x', ['x']],
    ['=', '', ['']],
    ['!=', 'x', undefined],
    ['=~', 'x', ['x']],
    ['=~', 'x|y|x', ['x', 'y']],
    ['=~', '(?:x|y)', ['x', 'y']],
    ['=~', '(a|b)-(?:1|2)\\.c', ['a-1.c', 'a-2.c', 'b-1.c', 'b-2.c']],
    ['=~', 'shop(-canary|-beta)?', ['shop-canary', 'shop-beta', 'shop']],
    ['=~', 'https?', ['https', 'http']],
    ['=~', '🙂?x?', ['🙂x', '🙂', 'x', '']],
    ['=~', 'node-[0-2x]', ['node-0', 'node-1', 'node-2', 'node-x']],
    ['=~', '[ab]?\\.?', ['a.', 'a', 'b.', 'b', '.', '']],
    ['=~', 'x.*', undefined],
    ['=~', 'x??', undefined],
    ['=~', '[^a]', undefined],
    ['=~', '[a-]', undefined],
    ['=~', '(?i)x', undefined],
    ['=~', 'x{1}', undefined],
    ['=~', '\\d', undefined],
    ['!~', 'x|y', undefined],
  ])('knows the values of a%s"%s"', (operator, value, literals) => {
    expect(matcher(operator, value).literals).toEqual(literals);
  });

  it.each<[MatchOperator, string, readonly string[]]>([
    ['=', 'x', []],
    ['=~', 'x|y', []],
    ['=~', 'web-.*', ['web-']],
    ['=~', 'web-[0-9]+|db-(1|2).', ['web-', 'db-']],
    ['=~', 'xy*', ['x']],
    ['=~', 'x.*|.*y', []],
    ['=~', '(?i)x.*', []],
    ['!~', 'web-.*', []],
  ])('knows how the values of a%s"%s" begin', (operator, value, prefixes) => {
    expect(matcher(operator, value).prefixes).toEqual(prefixes);
  });

  it.each([
    ['(', 'error parsing regexp: missing closing ): `^(?:()$`'],
    ['(?=x)', 'error parsing regexp: invalid or unsupported Perl syntax: `(?=`'],
    ['(a)\\1', 'error parsing regexp: invalid escape sequence: `\\1`'],
    ['a**', 'error parsing regexp: invalid nested repetition operator: `**`'],
    ['?', 'error parsing regexp: missing argument to repetition operator: `?`'],
    ['a|?', 'error parsing regexp: missing argument to repetition operator: `?`'],
    ['(a)?*', 'error parsing regexp: invalid nested repetition operator: `?*`'],
    ['[b-a]', 'error parsing regexp: invalid character class range: `b-a`'],
    ['a{1001}', 'error parsing regexp: invalid repeat count: `{1001}`'],
    ['.{1000}'.repeat(60), 'error parsing regexp: expression too large: 120006 states (limit: 65536)'],
    [`(?:${'ab'.repeat(5000)})(?s){900}`, 'error parsing regexp: expression too large: 9004506 states (limit: 65536)'],
    [
      `${'a'.repeat(MAX_REGEX_LENGTH)}.`,
      `error parsing regexp: expression too large: ${MAX_REGEX_LENGTH + 7} characters (limit: ${MAX_REGEX_LENGTH})`,
    ],
  ])('refuses %.20j', (value, message) => {
    expect(createMatcher('=~', 'a', value)).toEqual({
      ok: false,
      issues: [{ code: 'invalid-regex', path: '', message }],
    });
  });

  it('is linear in the value', () => {
    const { matches } = matcher('=~', '(a+)+b');
    expect(matches('a'.repeat(20_000))).toBe(false);
  });

  it('answers the same when it has seen more values than it keeps', () => {
    const { matches } = matcher('=~', '[0-9]*7');
    const wrong: number[] = [];
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < 5_000; i++) if (matches(String(i)) !== (i % 10 === 7)) wrong.push(i);
    }
    expect(wrong).toEqual([]);
  });
});

describe('matchesAll', () => {
  const labels = LabelSet.fromObject({ a: 'x' });

  it.each<[string, Matcher[], boolean]>([
    ['no matchers', [], true],
    ['all fulfilled', [matcher('=', 'x'), matcher('!=', 'y')], true],
    ['one not', [matcher('=', 'x'), matcher('=', 'y')], false],
  ])('%s', (_, matchers, expected) => {
    expect(matchesAll(matchers, labels)).toBe(expected);
  });

  it('leaves out values that are too long for the expression', () => {
    const { matches } = matcher('=~', `${'x?'.repeat(1_000)}y?`);
    expect(matches('x'.repeat(1_000))).toBe(true);
    expect(matches('x'.repeat(100_000))).toBe(false);
    expect(matcher('=~', '(x|y)+z?').matches('x'.repeat(1_000_000))).toBe(true);
  });
});
