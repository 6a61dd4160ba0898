import { expect, it } from '@jest/globals';

import { Concealed } from './conceal.js';
import { retryable } from './failures.js';

it.each<[string, readonly string[], string, string]>([
  ['a token', ['s3cret'], 'no s3cret here, s3cret', 'no <secret> here, <secret>'],
  ['as it stands in a URL', ['a b/c+d'], 'GET /?k=a%20b%2Fc%2Bd', 'GET /?k=<secret>'],
  ['the longer one first', ['abcd', 'abcdefgh'], 'abcdefgh abcd', '<secret> <secret>'],
  ['keys within a URL', ['https://h/hooks/0123456789abcdef?x=1'], 'no /hooks/0123456789abcdef', 'no /hooks/<secret>'],
  ['not words within a URL', ['https://h/hooks/services'], 'no /hooks/services', 'no /hooks/services'],
  ['nothing that is in every text', ['', 'ok', 'a'], 'ok, a token', 'ok, a token'],
])('hides %s', (_name, secrets, message, shown) => {
  const concealed = new Concealed();
  for (const secret of secrets) expect(concealed.add(secret)).toBe(secret);
  expect(concealed.mask(retryable(message))).toEqual(retryable(shown));
});
