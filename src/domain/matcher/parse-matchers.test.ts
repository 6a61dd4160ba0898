import { describe, expect, it } from '@jest/globals';
import type { MatcherMode } from '../labels/index.js';
import { formatMatchers } from './format.js';
import { parseMatcher, parseMatchers } from './parse-matchers.js';

const MODES: readonly MatcherMode[] = ['fallback', 'classic', 'utf8'];

/** The matchers as printed, with `!` before them when there was a warning; else the error. */
function read(text: string, mode: MatcherMode): string {
  const parsed = parseMatchers(text, mode);
  if (!parsed.ok) return parsed.issues[0]?.message ?? '';
  return `${parsed.value.warnings.length > 0 ? '!' : ''}${formatMatchers(parsed.value.matchers)}`;
}

function readOne(text: string, mode: MatcherMode): string {
  const parsed = parseMatcher(text, mode);
  if (!parsed.ok) return parsed.issues[0]?.message ?? '';
  return `${parsed.value.warnings.length > 0 ? '!' : ''}${formatMatchers([parsed.value.matcher])}`;
}

const SAME = undefined;

/** Text, then what fallback, classic and strict mode make of it. */
const LISTS: [string, string, string | undefined, string | undefined][] = [
  ['foo=bar', '{foo="bar"}', SAME, SAME],
  ['{foo=bar,}', '{foo="bar"}', SAME, SAME],
  ['foo!=bar,baz=~"q.*",x!~y', '{foo!="bar",baz=~"q.*",x!~"y"}', SAME, SAME],
  ['{ foo = "bar" , baz != "qux" , }', '{foo="bar",baz!="qux"}', SAME, SAME],
  ['foo="a,b",bar="}"', '{foo="a,b",bar="}"}', SAME, SAME],
  ['foo="She said: \\"Hi, ladies!\\""', '{foo="She said: \\"Hi, ladies!\\""}', SAME, SAME],
  ['foo="a\\nb\\\\c"', '{foo="a\\nb\\\\c"}', SAME, SAME],
  ['foo=', '!{foo=""}', '{foo=""}', 'end of input: expected label value'],
  ['foo==bar', '!{foo="=bar"}', '{foo="=bar"}', '4:5: unexpected =: expected label value'],
  ['foo=bar baz=q', '!{foo="bar baz=q"}', '{foo="bar baz=q"}', '8:11: unexpected baz: expected a comma or close brace'],
  ['foo=a=b', '!{foo="a=b"}', '{foo="a=b"}', '5:6: unexpected =: expected a comma or close brace'],
  ['foo=a~b', '!{foo="a~b"}', '{foo="a~b"}', '5:6: ~: invalid input: expected a comma or close brace'],
  ["foo='bar'", '!{foo="\'bar\'"}', '{foo="\'bar\'"}', "4:5: ': invalid input: expected label value"],
  ['tricky=~~~', '!{tricky=~"~~"}', '{tricky=~"~~"}', '8:9: ~: invalid input: expected label value'],
  ['foo=!bar\n', '!{foo="!bar"}', '{foo="!bar"}', "4:5: !: expected one of '=~': expected label value"],
  ['{foo=bar', '!{foo="bar"}', '{foo="bar"}', '0:8: end of input: expected close brace'],
  ['foo=bar}', '!{foo="bar"}', '{foo="bar"}', '0:8: }: expected opening brace'],
  ['{{foo=bar}}', 'bad matcher format: {foo=bar}', SAME, '1:2: unexpected {: expected label name'],
  ['{foo=bar}}', '!{foo="bar}"}', '{foo="bar}"}', '9:10: }: expected end of input'],
  ['"foo bar"=x', '{"foo bar"="x"}', 'bad matcher format: "foo bar"=x', '{"foo bar"="x"}'],
  ['foo🙂=bar', '{foo🙂="bar"}', 'bad matcher format: foo🙂=bar', '{foo🙂="bar"}'],
  ['foo-x=bar', '{foo-x="bar"}', 'bad matcher format: foo-x=bar', '{foo-x="bar"}'],
  ['1foo=bar', '{1foo="bar"}', 'bad matcher format: 1foo=bar', '{1foo="bar"}'],
  [
    'foo="bar',
    'matcher value contains unescaped double quote: "bar',
    SAME,
    '4:8: "bar: missing end ": expected label value',
  ],
  ['🙂="bar', 'bad matcher format: 🙂="bar', SAME, '2:6: "bar: missing end ": expected label value'],
  ['foo', 'bad matcher format: foo', SAME, "end of input: expected an operator such as '=', '!=', '=~' or '!~'"],
  ['foo=bar,,baz=q', 'bad matcher format: ', SAME, '8:9: unexpected ,: expected a matcher or close brace after comma'],
  [
    'foo!bar',
    'bad matcher format: foo!bar',
    SAME,
    "3:4: !: expected one of '=~': expected an operator such as '=', '!=', '=~' or '!~'",
  ],
  [
    'foo!',
    'bad matcher format: foo!',
    SAME,
    "3:4: unexpected end of input, expected one of '=~': expected an operator such as '=', '!=', '=~' or '!~'",
  ],
  [
    'foo=~"("',
    'error parsing regexp: missing closing ): `^(?:()$`',
    SAME,
    'failed to create matcher: error parsing regexp: missing closing ): `^(?:()$`',
  ],
  ['', '!{}', '{}', '{}'],
  ['{}', '!{}', '{}', '{}'],
  ['{', '!{}', '{}', '0:1: end of input: expected close brace'],
  [',', 'bad matcher format: ', SAME, '0:1: unexpected ,: expected label name'],
  [
    'foo="\\xf0\\x9f\\x99\\x82"',
    '!{foo="\\\\xf0\\\\x9f\\\\x99\\\\x82"}',
    '{foo="\\\\xf0\\\\x9f\\\\x99\\\\x82"}',
    '{foo="🙂"}',
  ],
  ['foo="\\xff"', '!{foo="\\\\xff"}', '{foo="\\\\xff"}', '4:10: "\\xff": invalid input'],
  [
    'foo="a"b"',
    'matcher value contains unescaped double quote: "a"b"',
    SAME,
    '7:8: unexpected b: expected a comma or close brace',
  ],
];

describe('parseMatchers', () => {
  it.each(LISTS)('reads %j', (text, fallback, classic = fallback, utf8 = fallback) => {
    expect(MODES.map((mode) => read(text, mode))).toEqual([fallback, classic, utf8]);
  });

  it('gives the reason and a suggestion when only the classic grammar understands', () => {
    const parsed = parseMatchers('foo=, bar=a b', 'fallback');
    expect(parsed.ok && parsed.value.warnings).toEqual([
      {
        message: expect.stringContaining('classic'),
        input: 'foo=, bar=a b',
        error: '4:5: unexpected ,: expected label value',
        suggestion: 'foo="",bar="a b"',
      },
    ]);
  });

  it('warns of a disagreement', () => {
    const parsed = parseMatchers('{}', 'fallback');
    expect(parsed.ok && parsed.value.warnings).toEqual([{ message: 'Matchers input has disagreement', input: '{}' }]);
  });
});

const SINGLES: [string, string, string | undefined, string | undefined][] = [
  ['foo="bar"', '{foo="bar"}', SAME, SAME],
  ['foo=', '!{foo=""}', '{foo=""}', 'end of input: expected label value'],
  ['', 'bad matcher format: ', SAME, 'no matchers'],
  ['a=b,c=d', '!{a="b,c=d"}', '{a="b,c=d"}', 'expected 1 matcher, found 2'],
  ['é=b,c=d', 'bad matcher format: é=b,c=d', SAME, 'expected 1 matcher, found 2'],
  ['{foo=bar}', 'unexpected open or close brace: {foo=bar}', 'bad matcher format: {foo=bar}', SAME],
  ['foo=bar}', 'unexpected open or close brace: foo=bar}', '{foo="bar}"}', SAME],
];

describe('parseMatcher', () => {
  it.each(SINGLES)('reads %j', (text, fallback, classic = fallback, utf8 = fallback) => {
    expect(MODES.map((mode) => readOne(text, mode))).toEqual([fallback, classic, utf8]);
  });
});
