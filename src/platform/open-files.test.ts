import { describe, expect, it } from '@jest/globals';

import { openFilesLimit, readLimit } from './open-files.js';

const table = (soft: string): string => `Limit                     Soft Limit           Hard Limit           Units     
Max processes             96242                96242                processes 
Max open files            ${soft.padEnd(20)} unlimited            files     
Max locked memory         67108864             67108864             bytes     
`;

describe('the limit of open files', () => {
  it.each([
    ['what the table says', table('1024'), 1_024],
    ['none', table('unlimited'), Infinity],
    ['a table without it', 'Max processes 1 1 processes', Infinity],
  ])('%s', (_name, text, limit) => expect(readLimit(text)).toBe(limit));

  it('of this process is what the system says', () => expect(openFilesLimit()).toBeGreaterThan(100));
});
