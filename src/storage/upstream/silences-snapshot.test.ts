import { describe, expect, it } from '@jest/globals';
import { formatMatchers } from '../../domain/matcher/index.js';
import { createMatcher } from '../../domain/matcher/index.js';
import type { MatchOperator, Matcher } from '../../domain/matcher/index.js';
import type { Silence } from '../../domain/silence/index.js';
import { HOUR, ZERO_INSTANT, instant } from '../../domain/time/index.js';
import { WireWriter, withLength } from './protobuf.js';
import { readSilencesSnapshot, writeSilencesSnapshot } from './silences-snapshot.js';

const matcher = (operator: MatchOperator, name: string, value: string): Matcher => {
  const made = createMatcher(operator, name, value);
  if (!made.ok) throw new Error('a matcher of the test does not compile');
  return made.value;
};
const silence: Silence = {
  id: '4ee6bd0e-7b2a-4a4c-8a45-1f6d4a9d2f10',
  matcherSets: [
    [matcher('=', 'a', 'b'), matcher('!=', 'c', '')],
    [matcher('=~', 'ü', 'x.*|y'), matcher('!~', 'd', '[0-9]+')],
  ],
  startsAt: instant(1_790_000_000_123.25),
  endsAt: instant(1_790_000_360_000),
  updatedAt: instant(1_790_000_000_000),
  createdBy: 'grüße',
  comment: 'line\nbreak',
  annotations: { ticket: 'X-1', '': 'no name' },
};
const plain = (s: Silence) => ({
  ...s,
  matcherSets: s.matcherSets.map(formatMatchers),
  annotations: { ...s.annotations },
});
const time = (seconds: bigint): WireWriter => new WireWriter().integer(1, seconds);
const wireMatcher = (type: bigint, name: string, pattern: string): WireWriter =>
  new WireWriter().integer(1, type).text(2, name).text(3, pattern);
const inMesh = (inner: WireWriter): Buffer => withLength(new WireWriter().message(1, inner).message(2, time(9n)));

describe('silences as Alertmanager keeps them', () => {
  it('come back as they were written', () => {
    const { silences, problems } = readSilencesSnapshot(
      writeSilencesSnapshot([silence, { ...silence, id: 'b' }], HOUR),
    );
    expect(problems).toEqual([]);
    expect(silences.map(plain)).toEqual([plain(silence), plain({ ...silence, id: 'b' })]);
  });

  it('come out of an old file: one set of matchers, author and comment in a list', () => {
    const old = new WireWriter()
      .text(1, 'old')
      .message(2, wireMatcher(0n, 'a', 'b'))
      .message(2, wireMatcher(1n, 'c', 'd|e'))
      .message(3, time(100n))
      .message(7, new WireWriter().text(1, 'ann').text(2, 'first').message(3, time(1n)))
      .message(7, new WireWriter().text(1, 'bob').text(2, 'second'));
    const { silences, problems } = readSilencesSnapshot(inMesh(old));
    expect(problems).toEqual([]);
    expect(silences.map(plain)).toEqual([
      {
        id: 'old',
        matcherSets: [[...silence.matcherSets[0]!].slice(0, 1).concat(matcher('=~', 'c', 'd|e'))].map(formatMatchers),
        startsAt: 100_000,
        endsAt: ZERO_INSTANT,
        updatedAt: ZERO_INSTANT,
        createdBy: 'ann',
        comment: 'first',
        annotations: {},
      },
    ]);
  });

  it('take the sets when both forms are there', () => {
    const both = new WireWriter()
      .text(1, 'both')
      .message(2, wireMatcher(0n, 'flat', '1'))
      .message(11, new WireWriter().message(1, wireMatcher(2n, 'set', '2')));
    expect(readSilencesSnapshot(inMesh(both)).silences[0]?.matcherSets.map(formatMatchers)).toEqual(['{set!="2"}']);
  });

  it.each([
    ['no silence', withLength(new WireWriter().message(2, time(9n))), /no silence in it/],
    ['no id', inMesh(new WireWriter().message(2, wireMatcher(0n, 'a', 'b'))), /without an id/],
    ['no matchers', inMesh(new WireWriter().text(1, 'x')), /silence x has no matchers/],
    [
      'a type beyond the four',
      inMesh(new WireWriter().text(1, 'x').message(2, wireMatcher(7n, 'a', 'b'))),
      /unknown type 7/,
    ],
    [
      'a pattern that does not compile',
      inMesh(new WireWriter().text(1, 'x').message(2, wireMatcher(1n, 'a', '('))),
      /silence x: ./,
    ],
    ['a text where a message should be', withLength(new WireWriter().text(1, '\u00ff\u00ff')), /./],
  ])('leave out a record with %s and go on', (_name, bytes, problem) => {
    const good = writeSilencesSnapshot([silence], HOUR);
    const { silences, problems } = readSilencesSnapshot(Buffer.concat([good, bytes, good]));
    expect(silences).toHaveLength(2);
    expect(problems).toEqual([expect.stringMatching(problem)]);
  });

  it('give all that lies before the cut of a truncated file', () => {
    const one = writeSilencesSnapshot([silence], HOUR);
    const three = Buffer.concat([one, one, one]);
    for (let length = 0; length < three.length; length++) {
      const { silences, problems } = readSilencesSnapshot(three.subarray(0, length));
      expect(silences).toHaveLength(Math.floor(length / one.length));
      expect(problems).toHaveLength(length % one.length === 0 ? 0 : 1);
    }
  });

  it('never throw on garbage, and say little about much of it', () => {
    let seed = 1;
    const random = (): number => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648);
    for (let round = 0; round < 300; round++) {
      const { problems } = readSilencesSnapshot(Buffer.from(Array.from({ length: 200 }, () => (random() >> 16) % 256)));
      expect(problems.length).toBeLessThanOrEqual(20);
    }
    expect(readSilencesSnapshot(Buffer.alloc(1_000)).problems).toHaveLength(20);
    expect(readSilencesSnapshot(Buffer.alloc(0))).toEqual({ silences: [], problems: [] });
  });
});
