import { expect, it } from '@jest/globals';

import { compileNoProxy } from './no-proxy.js';

it.each([
  ['', 'example.com', '80', false],
  ['*', 'example.com', '80', true],
  ['example.com', 'example.com', '80', true],
  ['example.com', 'a.example.com', '80', true],
  ['example.com', 'anexample.com', '80', false],
  ['.example.com', 'example.com', '80', false],
  ['.example.com', 'a.example.com', '80', true],
  ['*.example.com', 'example.com', '80', false],
  ['*.example.com', 'a.b.example.com', '80', true],
  ['a, example.com:8080', 'example.com', '8080', true],
  ['a, example.com:8080', 'example.com', '80', false],
  ['EXAMPLE.com', 'example.COM', '80', true],
  ['10.0.0.1', '10.0.0.1', '80', true],
  ['10.0.0.1', '10.0.0.2', '80', false],
  ['10.0.0.1:81', '10.0.0.1', '80', false],
  ['10.0.0.0/8', '10.9.9.9', '80', true],
  ['10.0.0.0/8', '11.0.0.1', '80', false],
  ['2001:db8::/32', '[2001:db8::1]', '443', true],
  ['2001:db8::1', '[2001:db8:0::1]', '443', true],
  ['[2001:db8::1]:444', '[2001:db8::1]', '443', false],
  ['nothing', 'localhost', '80', true],
  ['nothing', '127.0.0.9', '80', true],
  ['nothing', '[::1]', '80', true],
])('list %p, target %s:%s goes straight: %p', (list, host, port, expected) => {
  expect(compileNoProxy(list)(host, port)).toBe(expected);
});
