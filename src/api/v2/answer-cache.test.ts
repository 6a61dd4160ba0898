import { describe, expect, it } from '@jest/globals';

import { AnswerCache, MAX_ANSWER_BYTES } from './answer-cache.js';

const some = [Buffer.from('[]')];

describe('remembered answers', () => {
  it.each([
    ['the same question', 'q', '1 1', some],
    ['another question', 'p', '1 1', undefined],
    ['another version', 'q', '1 2', undefined],
  ])('%s', (_what, question, version, found) => {
    const cache = new AnswerCache();
    cache.keep('q', '1 1', some);
    expect(cache.get(question, version)).toBe(found);
  });

  it('are forgotten with their version', () => {
    const cache = new AnswerCache();
    cache.keep('q', '1', some);
    cache.keep('p', '2', some);
    expect([cache.get('q', '2'), cache.get('p', '2')]).toEqual([undefined, some]);
    expect([cache.get('q', '1'), cache.get('p', '2')]).toEqual([undefined, undefined]);
  });

  it('never take more than their bound', () => {
    const cache = new AnswerCache();
    const half = [Buffer.alloc(MAX_ANSWER_BYTES / 2 - 1_000)];
    for (const question of ['a', 'b', 'c']) cache.keep(question, '', half);
    cache.keep('huge', '', [Buffer.alloc(MAX_ANSWER_BYTES)]);
    expect(['a', 'b', 'c', 'huge'].filter((question) => cache.get(question, ''))).toEqual(['b', 'c']);
  });
});
