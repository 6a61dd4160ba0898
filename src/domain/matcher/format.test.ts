import { describe, expect, it } from '@jest/globals';
import { compareMatchers, formatMatcher, formatMatchers } from './format.js';
import type { MatchOperator } from './matcher.js';
import { quoteGo, unquoteGo } from './quote.js';

const text = (name: string, operator: MatchOperator, value: string) => ({ name, operator, value });

describe('formatMatcher', () => {
  it.each<[string, MatchOperator, string, string]>([
    ['foo', '=', 'bar', 'foo="bar"'],
    ['foo', '=~', 'a|b', 'foo=~"a|b"'],
    ['foo', '=', 'back\\slash', 'foo="back\\\\slash"'],
    ['foo', '=', 'double"quote', 'foo="double\\"quote"'],
    ['foo', '=', 'new\nline', 'foo="new\\nline"'],
    ['foo', '=', 'tab\tstop', 'foo="tab\tstop"'],
    ['foo', '=', '🙂', 'foo="🙂"'],
    ['foo🙂', '=', 'bar', 'foo🙂="bar"'],
    ['foo bar', '=', 'baz', '"foo bar"="baz"'],
    ['foo!', '!=', 'bar\t', '"foo!"!="bar\\t"'],
    ['a\u0085', '!~', 'x', '"a\\u0085"!~"x"'],
  ])('%j %s %j', (name, operator, value, printed) => {
    expect(formatMatcher(text(name, operator, value))).toBe(printed);
  });

  it('prints a list without blanks', () => {
    expect(formatMatchers([text('kind', '=', 'esc'), text('zz', '=~', 'a|b"c')])).toBe('{kind="esc",zz=~"a|b\\"c"}');
    expect(formatMatchers([])).toBe('{}');
  });
});

describe('compareMatchers', () => {
  it('orders by name, value, operator', () => {
    const sorted = [
      text('a', '!~', 'x'),
      text('a', '=', 'x'),
      text('B', '=', 'z'),
      text('a', '!=', 'x'),
      text('a', '=~', 'x'),
      text('a', '=~', 'b'),
    ].sort(compareMatchers);
    expect(sorted.map(formatMatcher)).toEqual(['B="z"', 'a=~"b"', 'a="x"', 'a!="x"', 'a=~"x"', 'a!~"x"']);
  });
});

describe('quoteGo', () => {
  it.each([
    ['', '""'],
    ['a"b\\c\nd\té☃\x01\u00a0 x', '"a\\"b\\\\c\\nd\\té☃\\x01\\u00a0 x"'],
    ['\x07\b\f\v\r\x7f', '"\\a\\b\\f\\v\\r\\x7f"'],
    ['🙂\u{e0001}\u200b\ufeff', '"🙂\\U000e0001\\u200b\\ufeff"'],
  ])('%j', (plain, quoted) => {
    expect([quoteGo(plain), unquoteGo(quoted)]).toEqual([quoted, plain]);
  });
});

describe('unquoteGo', () => {
  it.each([
    ['"\\x41\\101\\u0041\\U00000041"', 'AAAA'],
    ['"\\xf0\\x9f\\x99\\x82é"', '🙂é'],
    ['"\\303\\251"', 'é'],
    ['"\\xff"', undefined],
    ['"\\xc0\\x80"', undefined],
    ['"\\400"', undefined],
    ['"\\ud800"', undefined],
    ['"\\U00110000"', undefined],
    ['"\\x4"', undefined],
    ['"\\q"', undefined],
    ['"\\\'"', undefined],
    ['"a\nb"', undefined],
  ])('%j', (quoted, plain) => {
    expect(unquoteGo(quoted)).toBe(plain);
  });
});
