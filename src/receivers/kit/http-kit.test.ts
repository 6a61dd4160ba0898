import { describe, expect, it } from '@jest/globals';

import { RawJson, encodeJson } from './go-json.js';
import { hashGroupKey } from './group.js';
import { encodeQuery } from './query.js';
import { joinPath, withParameter, withPath } from './url.js';

it.each([
  ['{}:{alertname="HighCPU", cluster="eu1"}', 'd26856c0b5caf2a16ee159db0150730d62f65764201d828a66a6dcbb50af22d8'],
  ['{}:{}', 'cc9772a1ec901d26ef71dae861793e4d08979fa5030a3f0a5f3ba549f1f2d0b6'],
])('the name of the group %s', (key, hash) => {
  expect(hashGroupKey(key)).toBe(hash);
});

it('a query is sorted and escaped as Go does it', () => {
  const parameters = [
    ['b', "~!*'()-_."],
    ['a', 'é /?&=+ %'],
    ['a', 'second'],
  ] as const;
  expect(encodeQuery(parameters)).toBe('a=%C3%A9+%2F%3F%26%3D%2B+%25&a=second&b=~%21%2A%27%28%29-_.');
});

describe('a URL', () => {
  it.each([
    ['https://x/a/', 'b c?d/é', 'https://x/a/b%20c%3Fd/%C3%A9'],
    ['https://x/a/?q=1#f', 'b', 'https://x/a/b?q=1#f'],
  ])('%s with more behind its path: %s', (url, more, result) => {
    expect(withPath(url, more)).toBe(result);
  });

  it.each([
    ['https://x/rest/api/2', 'search', 'https://x/rest/api/2/search'],
    ['https://x//rest/api/2//?q=1', 'issue/A-1', 'https://x/rest/api/2/issue/A-1?q=1'],
    ['https://x', 'search', 'https://x/search'],
  ])('%s with a path below it: %s', (url, more, result) => {
    expect(joinPath(url, more)).toBe(result);
  });

  it.each([
    ['https://x/a', 'https://x/a?n=v'],
    ['https://x/a?z=1&n=old&b=2', 'https://x/a?b=2&n=v&z=1'],
  ])('%s with one parameter more', (url, result) => {
    expect(withParameter(url, 'n', 'v')).toBe(result);
  });
});

describe('JSON that is there already', () => {
  it.each([
    ['{ "b" : 1.0e2,\n "a": [ true , null ] }', '{"b":1.0e2,"a":[true,null]}'],
    ['"a  \\" <b> & \\\\"', '"a  \\" \\u003cb\\u003e \\u0026 \\\\"'],
  ])('%s loses its white space only', (text, json) => {
    expect(encodeJson({ x: new RawJson(text) })).toBe(`{"x":${json}}`);
  });

  it('is checked', () => {
    expect(() => new RawJson('{a:1}')).toThrow(SyntaxError);
  });
});
