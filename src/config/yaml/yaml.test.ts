import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { anyText } from '../../../test/support/any-text.js';
import { Decoder, DecodingStopped, REFUSED, any } from '../schema/index.js';
import { emitYaml } from './emit.js';
import { compareKeys } from './key-order.js';
import { parseYaml } from './parse.js';
import { resolvePlain } from './resolve.js';

/** Untyped, or the first complaint. */
function read(text: string): unknown {
  const parsed = parseYaml(text);
  if (!parsed.ok) return `! ${parsed.issues[0]?.message}`;
  if (!parsed.value.root) return null;
  const decoder = new Decoder({ mode: 'fallback' });
  try {
    const value = any({}).decode(parsed.value.root, '', decoder);
    return value === REFUSED || decoder.issues.length > 0 ? `! ${decoder.issues[0]?.message}` : value;
  } catch (error) {
    if (error instanceof DecodingStopped) return `! ${error.message}`;
    throw error;
  }
}

describe('scalars as yaml.v2 sees them', () => {
  it.each<[string, unknown]>([
    ['yes', true],
    ['y', true],
    ['On', true],
    ['oN', 'oN'],
    ['off', false],
    ['~', null],
    ['NULL', null],
    ['nUll', 'nUll'],
    ['010', 8],
    ['0o17', 15],
    ['08', 8],
    ['0x1F', 31],
    ['-0b11', -3],
    ['1_000', 1000],
    ['+5', 5],
    ['1:30', '1:30'],
    ['09:00', '09:00'],
    ['1.10', 1.1],
    ['.5', 0.5],
    ['1e3', 1000],
    ['.inf', Number.POSITIVE_INFINITY],
    ['2026-11-20', '2026-11-20'],
    ['18446744073709551615', 18_446_744_073_709_551_615n],
    ['"no"', 'no'],
    ["'5'", '5'],
    ['!!str 5', '5'],
    ['!!int "5"', 5],
    ['!!float 5', 5],
    ['!!binary aGk=', 'hi'],
    ['!!int abc', '! cannot decode !!str `abc` as a !!int'],
    ['!foo bar', 'bar'],
    ['', null],
    ['"\\ud83d\\ude42"', '! found invalid Unicode character escape code'],
  ])('%s', (text, value) => {
    expect(read(text)).toEqual(value);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void resolvePlain(text)));
  });
});

describe('documents', () => {
  it.each<[string, string, unknown]>([
    ['only the first document counts', 'a\n---\n: :', 'a'],
    ['what follows a merge wins, what stands before loses', '{a: 1, <<: {a: 2, b: 3}}', '! key "a" already set in map'],
    ['an alias is what its anchor was last', '[&a 1, *a, &a 2, *a]', [1, 1, 2, 2]],
    ['an unknown alias', '*a', "! unknown anchor 'a' referenced"],
    ['a value that contains itself', '&a [*a]', "! anchor 'a' value contains itself"],
    ['a key twice', '{a: 1, a: 2}', '! key "a" already set in map'],
    ['a list as key', '{[a]: b}', '! invalid map key: []interface {}{"a"}'],
    ['merge of a scalar', '<<: 1', '! map merge requires map or sequence of maps as the value'],
    ['a quoted text that goes on at the left', 'a:\n  b: "x\n y\nz"', new Map([['a', new Map([['b', 'x y z']])]])],
    ['a list that ends at the left', 'a:\n  b: [x,\n  z\n]', new Map([['a', new Map([['b', ['x', 'z']]])]])],
    ['a control character', 'a: \u0001', '! control characters are not allowed'],
    ['another version', '%YAML 1.2\n---\na', '! found incompatible YAML document'],
    ['a tab as indentation', 'a:\n\tb: c', '! found character that cannot start any token'],
    ['a mapping in a line', 'a: b: c', '! mapping values are not allowed in this context'],
    ['__proto__ is a key like any other', '__proto__: 1', new Map([['__proto__', 1]])],
  ])('%s', (_name, text, value) => {
    expect(read(text)).toEqual(value);
  });

  it('tells where in the original text something stands, also when lines had to move', () => {
    const parsed = parseYaml('a:\n  b: ["x",\n "y", *nope]\n', 'f.yml');
    expect(parsed.ok ? undefined : parsed.issues[0]?.position).toEqual({ file: 'f.yml', line: 3, column: 7 });
  });

  it.each([
    ['flow', '['.repeat(100_000)],
    ['blocks', '- '.repeat(20_000)],
    ['keys', 'a: '.repeat(20_000)],
    ['indentation', Array.from({ length: 1_000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  ])('refuses what is nested too deeply: %s', (_name, text) => {
    expect(read(text)).toBe('! exceeded max depth of 200');
  });

  it('refuses aliases that multiply', () => {
    const levels = Array.from(
      { length: 9 },
      (_, i) =>
        `- &l${i} [${Array(9)
          .fill(i ? `*l${i - 1}` : 'x')
          .join(', ')}]`,
    );
    expect(read(levels.join('\n'))).toBe('! document contains excessive aliasing');
  });

  it('never throws', () => {
    const pieces = fc.constantFrom(
      '- ',
      ': ',
      '#',
      '"',
      "'",
      '{',
      '}',
      '[',
      ']',
      ', ',
      '&a ',
      '*a',
      '!!int ',
      '|',
      '>',
      '\n',
      '\n  ',
      '\t',
      '?',
      '%',
      '~',
      '<<: ',
      'a',
      '1',
      '\\',
      '\r',
      '---\n',
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (source) => void read(source)),
      { numRuns: 500 },
    );
  });
});

describe('printing', () => {
  it.each<[string, string]>([
    ['a', 'a\n'],
    ['', '""\n'],
    ['123', '"123"\n'],
    ['y', '"y"\n'],
    ['09:00', '"09:00"\n'],
    ['2026-11-20', '"2026-11-20"\n'],
    ['a: b', "'a: b'\n"],
    ["it's", "it's\n"],
    ["# it's", "'# it''s'\n"],
    ['a\nb', '|-\n  a\n  b\n'],
    ['a\nb\n', '|\n  a\n  b\n'],
    ['\ta', '"\\ta"\n'],
    ['🙂', '"\\U0001F642"\n'],
    [' a\nb', '|2-\n   a\n  b\n'],
  ])('%j', (text, printed) => {
    expect(emitYaml(text)).toBe(printed);
  });

  it('folds long texts at spaces, once a line has passed 80 columns', () => {
    const words = Array(20).fill('word').join(' ');
    const printed = emitYaml({ entries: [['key', words]] });
    expect(printed).toBe(`key: ${Array(16).fill('word').join(' ')}\n  ${Array(4).fill('word').join(' ')}\n`);
  });

  it('reads what it prints', () => {
    const scalar = fc.oneof(
      anyText(),
      fc.string(),
      fc.boolean(),
      fc.constant(null),
      fc.bigInt({ min: -99n, max: 99n }),
    );
    const text = (value: unknown): unknown => (typeof value === 'bigint' ? Number(value) : value);
    fc.assert(
      fc.property(fc.array(scalar, { minLength: 1 }), (values) => {
        const printed = emitYaml({ entries: [['list', values]] });
        expect(read(printed)).toEqual(new Map([['list', values.map(text)]]));
      }),
    );
  });

  it('sorts keys as Go does', () => {
    const keys = ['b', 'a10', 'a2', 'A', '_x', '1', 'x00', 'x0', 'x01', 'a b', 'a-b', 'ab'];
    expect(keys.sort(compareKeys)).toEqual(['_x', '1', 'A', 'a b', 'a-b', 'a2', 'a10', 'ab', 'b', 'x0', 'x00', 'x01']);
  });
});
