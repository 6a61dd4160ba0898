import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { anyText } from '../../../test/support/any-text.js';
import { copyWithTemplate } from '../../domain/template/index.js';
import { encodeJson } from './go-json.js';
import { UNSURE, readPlainYaml } from './plain-yaml.js';
import { parseWhole } from './yaml-value.js';

/** What becomes of a text that a template has rendered. */
const shown = (text: string, parse: (text: string) => unknown): string => {
  const value = copyWithTemplate(text, (rendered) => rendered, parse);
  return typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value))
    ? String(value)
    : encodeJson(value);
};

/** Whether it was read without the parser; if so it must say the same. */
function isReadPlainly(text: string): boolean {
  const plain = readPlainYaml(text);
  if (plain !== UNSURE) expect(shown(text, () => plain)).toBe(shown(text, parseWhole));
  return plain !== UNSURE;
}

describe('YAML at a glance', () => {
  it.each([
    '0',
    '12',
    '010',
    '0x1F',
    '1_000',
    '1.5',
    '1e3',
    '123456789012345678901',
    'yes',
    'No',
    'null',
    'NULL',
    'n',
    'true',
    'True story',
    '2026-01-02',
    '2026-01-02 10 00',
    'a - b',
    'a,b',
    'Disk is full (95.1) on db-1.example.com',
    '[]',
    '{}',
    '[ ]',
    '[[],{}]',
    '[1,-2,0,true,false,null,"x"]',
    '{"a":1,"b":{"c":["d"]}}',
    '{ "a": 1, "b": [ 1, 2 ] } ',
    '{"a":1,"a b":2,"a!":3,"B":4}',
    '{"a":"b: c # d - e [f] {g} * ! | % @"}',
    String.raw`{"text":"\" \\ \n \r \t \u003c\u003e\u0026"}`,
    '{"ü":"größe – 日本 😀"}',
    '{"":"","__proto__":1,"10":2,"1":3,"ﬀ":4,"😀":5}',
    '[{"status":"firing","labels":{"alertname":"DiskFull"},"startsAt":"2026-11-20T12:00:00Z"}]',
  ])('reads %s as the parser does', (text) => expect(isReadPlainly(text)).toBe(true));

  it.each([
    '',
    ' 1',
    '1 ',
    '-1',
    '~',
    '.nan',
    'a: b',
    'a #b',
    'a:',
    '- x',
    '"x"',
    'two\nlines',
    '[01]',
    '[-0]',
    '[1.5]',
    '[1e3]',
    '[1234567890123456]',
    '[yes]',
    '[truest]',
    '[1,]',
    '[1',
    '[1]]',
    '[1] x',
    '[FIRING:1] DiskFull',
    '{"a" :1}',
    '{"a":1,"a":2}',
    '{"<<":{"a":1}}',
    '{a: 1}',
    '{"a"}',
    '["a":1]',
    '[\n1]',
    '["\t"]',
    '["\u2028"]',
    '["\ufeff"]',
    String.raw`["\/"]`,
    '["a > b & c"]',
    String.raw`["\u0041"]`,
    String.raw`["\b"]`,
    String.raw`{"\n":1}`,
    '["<"]',
    String.raw`["\ud83d\ude00"]`,
    String.raw`["\u2028"]`,
    `{"${'k'.repeat(1_025)}":1}`,
    '['.repeat(51) + ']'.repeat(51),
  ])('leaves %j to the parser', (text) => expect(readPlainYaml(text)).toBe(UNSURE));

  it('says what the parser says, of JSON', () => {
    const text = fc.oneof(fc.string(), anyText(), fc.string({ unit: 'grapheme' }));
    const { json } = fc.letrec((tie) => ({
      json: fc.oneof(
        { maxDepth: 3 },
        fc.oneof(text, fc.boolean(), fc.constant(null), fc.integer(), fc.double()),
        fc.array(tie('json'), { maxLength: 3 }),
        fc.dictionary(text, tie('json'), { maxKeys: 3 }),
      ),
    }));
    let plain = 0;
    fc.assert(
      fc.property(json, fc.boolean(), (value, isSpaced) => {
        const written = isSpaced ? JSON.stringify(value, null, 1).replaceAll('\n', '') : JSON.stringify(value);
        if (isReadPlainly(written)) plain++;
      }),
      { numRuns: 500 },
    );
    expect(plain).toBeGreaterThan(100);
  });

  it('says what the parser says, of pieces in any order', () => {
    const pieces = '[|]|{|}|,|:|"|\\|\\"|\\u0041|"a"|"b c"|1|-2|0|7.|true|null|n| |  |é|#|-|on|2026-01-02|(|/'.split(
      '|',
    );
    const some = fc.array(fc.constantFrom(...pieces), { maxLength: 9 }).map((parts) => parts.join(''));
    let plain = 0;
    fc.assert(
      fc.property(some, (text) => {
        if (isReadPlainly(text)) plain++;
      }),
      { numRuns: 5_000 },
    );
    expect(plain).toBeGreaterThan(100);
  });
});
