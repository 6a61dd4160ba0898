/** Each text as Go's net/mail reads it. */
import { describe, expect, it } from '@jest/globals';

import { SendFailed } from '../kit/failures.js';
import { parseAddresses, parseSender } from './email.addresses.js';

const CASES: readonly [text: string, read: readonly string[] | string][] = [
  ['a@x', ['a@x']],
  ['A <a@x>', ['a@x']],
  ['A B <a@x>, c@d', ['a@x', 'c@d']],
  ['a@x, ,b@x', ['a@x', 'b@x']],
  [', a@x', ['a@x']],
  ['a@x,', ['a@x']],
  ['"C, D" <c@x>', ['c@x']],
  ['a & b@example.com', 'mail: no angle-addr'],
  ['nobody', "mail: missing '@' or angle-addr"],
  ['x y <', 'mail: no addr-spec'],
  ['', 'mail: no address'],
  ['  ', 'mail: no address'],
  ['<a@x>', ['a@x']],
  ['a@x (comment)', ['a@x']],
  ['A (c) B <a@x>', ['a@x']],
  ['grp: a@x, b@x;', ['a@x', 'b@x']],
  ['grp:;', []],
  ['a@[127.0.0.1]', ['a@[127.0.0.1]']],
  ['a@[x]', "mail: missing '@' or angle-addr"],
  ['"q s"@x', ['q s@x']],
  ['a..b@x', "mail: missing '@' or angle-addr"],
  ['.a@x', "mail: missing '@' or angle-addr"],
  ['a.@x', "mail: missing '@' or angle-addr"],
  ['a@x b@x', 'mail: expected comma'],
  ['a@', "mail: missing '@' or angle-addr"],
  ['@x', 'mail: missing word in phrase: mail: invalid string'],
  ['Jürgen <jürgen@exämple.com>', ['jürgen@exämple.com']],
  ['=?utf-8?q?J=C3=BC?= <j@x>', ['j@x']],
  ['a@x;b@x', 'mail: expected comma'],
  ['<a@x', 'mail: unclosed angle-addr'],
  ['A <a@x> b', 'mail: expected comma'],
  ['a (b', 'mail: misformatted parenthetical comment'],
  ['"unclosed <a@x>', 'mail: missing word in phrase: mail: unclosed quoted-string'],
  ['J. Doe <j@x>', ['j@x']],
  ['a@x\n', 'mail: expected comma'],
  ['""@x', "mail: missing '@' or angle-addr"],
  ['name', "mail: missing '@' or angle-addr"],
  ['A: <a@x>', 'mail: expected comma'],
  ['a@b@c', 'mail: expected comma'],
];

const outcomeOf = (parse: () => unknown): unknown => {
  try {
    return parse();
  } catch (error) {
    return error instanceof SendFailed ? error.failure : error;
  }
};

describe('a list of addresses', () => {
  it.each(CASES)('%j', (text, read) => {
    const expected =
      typeof read === 'string' ? { kind: 'rejected', reason: 'other', message: `parse 'to' addresses: ${read}` } : read;
    expect(outcomeOf(() => parseAddresses(text, 'to'))).toEqual(expected);
  });
});

it.each([
  ['A <a@x>', 'a@x'],
  ['a@x, b@x', { message: "must be exactly one 'from' address (got: 2)" }],
  ['nobody:;', { message: "must be exactly one 'from' address (got: 0)" }],
])('the sender %j', (text, read) => {
  const outcome = outcomeOf(() => parseSender(text));
  if (typeof read === 'string') expect(outcome).toBe(read);
  else expect(outcome).toMatchObject(read);
});
