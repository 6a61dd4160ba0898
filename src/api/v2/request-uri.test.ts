import { describe, expect, it } from '@jest/globals';

import { isRequestUri } from './request-uri.js';

describe('isRequestUri', () => {
  it.each([
    'http://x',
    'http://x/y?z=1#f',
    'mailto:x',
    '/relative',
    '/a b',
    '//host/x',
    '*',
    'http:',
    'http:x y',
    'http://x:/',
    'http://x:99999/',
    'http://[::1]:9090/x',
    'http://[fe80::1%25en0]/',
    'http://u:p@x/',
    'http://x/a b',
    'http://x/?%zz',
    'http://ü/ü',
    'x:%zz',
  ])('takes %s', (text) => expect(isRequestUri(text)).toBe(true));

  it.each([
    '',
    'not a url',
    'relative',
    '#x',
    '?x',
    ':foo',
    '1http://x',
    'ht tp://x',
    ' http://x',
    'http://a b/',
    'http://[::1',
    'http://[::1]x/',
    'http://x:80x/',
    'http://%zz/',
    'http://a%20b/',
    'http://x%41/',
    'http://x/%zz',
    'http://x{y}/',
    'http://x\\y/',
    'http://us er@x/',
    '/%zz',
    'http://x/\u0001',
  ])('refuses %j', (text) => expect(isRequestUri(text)).toBe(false));
});
