import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { parseGoUrl, redactGoUrl } from './go-url.js';

describe('URLs as Go reads them', () => {
  it.each([
    ['http://x', 'http://x'],
    ['HTTP://X/', 'http://X/'],
    ['http://x/a b', 'http://x/a%20b'],
    ['http://x/%41', 'http://x/%41'],
    ['http://x/é', 'http://x/%C3%A9'],
    ['http://u:p@w@x/', 'http://u:p%40w@x/'],
    ['http://[::1]:80/', 'http://[::1]:80/'],
    ['http://x?', 'http://x?'],
    ['http:x', 'http:x'],
    ['foo', 'foo'],
    ['http://a b/', 'parse "http://a b/": invalid character " " in host name'],
    ['http://a:b/', 'parse "http://a:b/": invalid port ":b" after host'],
    ['http://[::1/', `parse "http://[::1/": missing ']' in host`],
    ['http://x/%zz', 'parse "http://x/%zz": invalid URL escape "%zz"'],
    [':x', 'parse ":x": missing protocol scheme'],
    ['a b:c', 'parse "a b:c": first path segment in URL cannot contain colon'],
  ])('%s', (text, expected) => {
    const parsed = parseGoUrl(text);
    expect(parsed.ok ? parsed.value.text : parsed.issues[0]?.message).toBe(expected);
  });

  it('hides passwords', () => {
    expect(redactGoUrl('http://u:p@x/y@z')).toBe('http://u:xxxxx@x/y@z');
    expect(redactGoUrl('http://u@x/')).toBe('http://u@x/');
  });

  it('never throws', () => {
    const parts = 'http|://|//|u|:|@|x|.|[::1]|80|/|a b|%41|%4|é|?|=|&|#'.split('|');
    const likeOne = fc.array(fc.constantFrom(...parts), { maxLength: 12 }).map((some) => some.join(''));
    fc.assert(fc.property(fc.oneof(fc.string(), likeOne), (text) => void parseGoUrl(text)));
  });
});
