import { describe, expect, it } from '@jest/globals';

import { LabelSet } from '../../domain/labels/index.js';
import { type TemplateData, type TemplateSet, copyWithTemplate } from '../../domain/template/index.js';
import { instant } from '../../domain/time/index.js';
import type { HttpResponse } from '../../platform/http-client/index.js';
import { encodeBody, encodeJson } from './go-json.js';
import { labelsJson } from './label-json.js';
import { createRenderer } from './renderer.js';
import { parseRetryAfter } from './retry-after.js';
import { type StatusRule, outcomeOf, reasonOf } from './status.js';
import { parseYamlValue } from './yaml-value.js';
import { truncateBytes, truncateRunes } from './truncate.js';

describe('JSON as Go writes it', () => {
  it.each<[string, unknown, string]>([
    ['HTML', '<a href="x">&\u2028\u2029</a>', '"\\u003ca href=\\"x\\"\\u003e\\u0026\\u2028\\u2029\\u003c/a\\u003e"'],
    ['control characters', '\u0000\b\f\n\r\t\u001f\u007f', '"\\u0000\\b\\f\\n\\r\\t\\u001f\u007f"'],
    ['half a character', 'a\ud800b', '"a\ufffdb"'],
    [
      'a map by key',
      new Map<unknown, unknown>([
        ['b', 1],
        ['a', null],
        ['\uffff', 2],
        ['😀', 3],
      ]),
      '{"a":null,"b":1,"\uffff":2,"😀":3}',
    ],
    ['a URL with a query', "http://a/?b=c&d='e'", '"http://a/?b=c\\u0026d=\'e\'"'],
    ['an object as it stands', { b: [true, 1.5], a: {}, c: undefined }, '{"b":[true,1.5],"a":{}}'],
    [
      'an object without a prototype by key',
      Object.assign(Object.create(null), { b: 1, 9: 2, 10: 3, a: 4 }),
      '{"10":3,"9":2,"a":4,"b":1}',
    ],
    ['big and small numbers', [1e21, 1e-7, 12345678901234567890n, 100], '[1e+21,1e-7,12345678901234567890,100]'],
    ['a key that objects know', new Map([['__proto__', 1]]), '{"__proto__":1}'],
  ])('%s', (_name, value, json) => {
    expect(encodeJson(value)).toBe(json);
  });

  it('ends a body with a newline and refuses what cannot be said', () => {
    expect(encodeBody({})).toBe('{}\n');
    expect(() => encodeJson([NaN])).toThrow('json: unsupported value: NaN');
    expect(() => encodeJson(undefined)).toThrow('json: unsupported type');
  });

  it('writes labels in the order of their names', () => {
    expect(labelsJson(LabelSet.fromObject({ b: '<', a: '' }))).toBe('{"a":"","b":"\\u003c"}');
    expect(labelsJson(LabelSet.EMPTY)).toBe('{}');
  });
});

it.each([
  ['abcde', 5, 'abcde'],
  ['abcdef', 5, 'abcd…'],
  ['abcd', 3, 'abc'],
  ['abcd', 0, ''],
  ['😀😀😀😀😀', 5, '😀😀😀😀😀'],
  ['😀😀😀😀😀😀', 5, '😀😀😀😀…'],
  ['😀😀😀😀', 2, '😀😀'],
])('%p in %d runes is %p', (text, limit, expected) => {
  expect(truncateRunes(text, limit)).toBe(expected);
});

it.each([
  ['abcd', 4, 'abcd'],
  ['abcde', 4, 'a…'],
  ['abcde', 3, '…'],
  ['abcde', 2, '..'],
  ['abcde', 1, '.'],
  ['abcde', 0, ''],
  ['ééééé', 8, 'éé…'],
  ['😀😀', 7, '😀…'],
  ['😀😀', 6, '…'],
])('%p in %d bytes is %p', (text, limit, expected) => {
  expect(truncateBytes(text, limit)).toBe(expected);
});

it.each([
  ['120', 120_000],
  ['0', 0],
  ['1.5', 1500],
  ['Thu, 01 Jan 1970 00:01:30 GMT', 30_000],
  ['Thu, 01 Jan 1970 00:00:01 GMT', 0],
  ['-5', undefined],
  ['soon', undefined],
  ['', undefined],
  [undefined, undefined],
])('Retry-After %p means %p ms', (header, expected) => {
  expect(parseRetryAfter(header, instant(60_000))).toBe(expected);
});

describe('a status', () => {
  const response = (status: number, text = '', headers: [string, string][] = []): HttpResponse => ({
    status,
    text,
    headers: new Map(headers),
    bytes: Buffer.from(text),
  });
  const judge = (answer: HttpResponse, rule: StatusRule = {}) => outcomeOf(answer, rule, instant(0));

  it.each<[number, string]>([
    [200, 'delivered'],
    [204, 'delivered'],
    [101, 'rejected'],
    [301, 'rejected'],
    [400, 'rejected'],
    [403, 'rejected'],
    [429, 'rejected'],
    [500, 'retry'],
    [503, 'retry'],
    [599, 'retry'],
    [600, 'rejected'],
  ])('%d is %s', (status, kind) => {
    expect(judge(response(status)).kind).toBe(kind);
  });

  it('can be named as one to be tried again', () => {
    expect(judge(response(429), { retryStatuses: [429] }).kind).toBe('retry');
  });

  it('brings the pause that is asked for, which makes a 429 one to be tried again', () => {
    const headers: [string, string][] = [['retry-after', '7']];
    expect(judge(response(429, '', headers))).toMatchObject({ kind: 'retry', retryAfterMs: 7_000 });
    expect(judge(response(503, '', headers))).toMatchObject({ kind: 'retry', retryAfterMs: 7_000 });
    expect(judge(response(400, '', headers))).not.toHaveProperty('retryAfterMs');
  });

  it('is told with what the server said', () => {
    expect(judge(response(400, 'bad'))).toMatchObject({ message: 'unexpected status code 400: bad' });
    expect(judge(response(400))).toMatchObject({ message: 'unexpected status code 400' });
    expect(judge(response(400, 'x'), { details: () => 'y' })).toMatchObject({
      message: 'unexpected status code 400: y',
    });
  });

  it.each([
    [401, 'authError'],
    [403, 'authError'],
    [404, 'clientError'],
    [429, 'rateLimited'],
    [500, 'serverError'],
    [302, 'other'],
  ])('%d has the reason %s', (status, reason) => {
    expect(reasonOf(status)).toBe(reason);
  });
});

it('stops rendering at the first template that fails', () => {
  const templates: TemplateSet = {
    text: (source) => {
      if (source === 'bad') throw new Error('template: :1: oops');
      return source.toUpperCase();
    },
    html: (source) => `<${source}>`,
    checkSyntax: () => undefined,
  };
  const renderer = createRenderer(templates, {} as TemplateData, instant(0));
  expect([renderer.text('a'), renderer.html('b'), renderer.failure]).toEqual(['A', '<b>', undefined]);
  expect([renderer.text('bad'), renderer.text('a'), renderer.html('b')]).toEqual(['', '', '']);
  expect(renderer.failure).toBe('template: :1: oops');
});

describe('a structure that is rendered', () => {
  const render = (source: string): string => source.replace('NAME', 'value');

  // What Alertmanager 0.34 made of these texts in a webhook payload.
  it.each([
    ['3', '3'],
    ['1.10', '1.1'],
    ['0x10', '16'],
    ['1_000', '1000'],
    ['true', 'true'],
    ['yes', 'true'],
    ['on', 'true'],
    ['y', 'true'],
    ['', 'null'],
    ['~', 'null'],
    ['null', 'null'],
    ['# c', 'null'],
    ['{"a":"b:"}', '{"a":"b:"}'],
    ['- x', '["x"]'],
    ['a: b', '{"a":"b"}'],
    ['value1:', '{"value1":null}'],
    ['foo', '"foo"'],
    ['a #b', '"a #b"'],
    ['2026-01-02', '"2026-01-02"'],
    ['12:30:45', '"12:30:45"'],
    ['a: b: c', '"a: b: c"'],
    ['"quoted"', '"\\"quoted\\""'],
    ['{1: a, b: c}', '{"b":"c"}'],
    ['{b: 1, "10": 2, a: 3, __proto__: 4}', '{"10":2,"__proto__":4,"a":3,"b":1}'],
  ])('reads %p as %s', (text, json) => {
    expect(encodeJson(copyWithTemplate(text, render, parseYamlValue))).toBe(json);
  });

  it('keeps its shape; keys are rendered and stay texts', () => {
    const value = new Map<unknown, unknown>([
      ['NAME', ['NAME', 1, null, true, new Map([['1', 'NAME']])]],
      [1, 'dropped'],
    ]);
    expect(encodeJson(copyWithTemplate(value, render, parseYamlValue))).toBe(
      '{"value":["value",1,null,true,{"1":"value"}]}',
    );
  });

  it('cannot hold what JSON has no word for', () => {
    expect(() => encodeJson(copyWithTemplate('.nan', render, parseYamlValue))).toThrow('json: unsupported value: NaN');
  });
});
