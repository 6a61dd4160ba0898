import { describe, expect, it } from '@jest/globals';

import { describeNetworkError } from './errors.js';

const connecting = { syscall: 'connect', address: '::1', port: 80 };

describe('an error of the network', () => {
  it.each([
    ['a refusal', { ...connecting, code: 'ECONNREFUSED' }, 'dial tcp [::1]:80: connect: connection refused'],
    ['too many open files', { ...connecting, code: 'EMFILE' }, 'dial tcp [::1]:80: socket: too many open files'],
    ['what has no text of its own', { ...connecting, code: 'EWHAT' }, 'dial tcp [::1]:80: connect: EWHAT'],
    ['a number for a code, as aborts have', { code: 20 }, 'as it is'],
  ])('%s', (_name, fields, text) =>
    expect(describeNetworkError(Object.assign(new Error('as it is'), fields))).toBe(text),
  );
});
