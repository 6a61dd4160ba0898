import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { type CallOptions, startApiServer } from '../../../test/support/api-server.js';
import { FakeEngine } from '../../../test/support/fake-engine.js';
import { EPOCH, VirtualClock } from '../../../test/support/virtual-clock.js';
import { failed } from '../../domain/issue/index.js';
import { createMatcher } from '../../domain/matcher/index.js';
import { HOUR, minus, plus } from '../../domain/time/index.js';

const clock = new VirtualClock();
let server: Awaited<ReturnType<typeof startApiServer>>;
let engine: FakeEngine;

beforeAll(async () => {
  engine = new FakeEngine(() => clock.now(), {
    default: {},
    x: { owner: 'platform' },
    y: { owner: 'apps' },
  });
  server = await startApiServer({ engine, server: { clock }, api: { maxBodyBytes: 1_000_000 } });
});
afterAll(() => server.close());
beforeEach(() => engine.clear());

const call = (text: string, more?: CallOptions) => server.call(text, more);
const json = async (text: string): Promise<unknown> => JSON.parse((await call(text)).text);
const fault = (code: number, message: string): string => JSON.stringify({ code, message });

const SILENCE = {
  matchers: [{ name: 'a', value: 'b', isRegex: false }],
  startsAt: '2026-01-01T12:00:00Z',
  endsAt: '2026-01-01T13:00:00Z',
  createdBy: 'me',
  comment: 'c',
};
const postSilence = (change: object | string) =>
  call('POST /api/v2/silences', {
    body: typeof change === 'string' ? change : JSON.stringify({ ...SILENCE, ...change }),
  });
const withMatcher = (matcher: object) => ({ matchers: [matcher] });
const becauseSilence = (reason: string) => fault(400, `parsing silence body from "" failed, because ${reason}`);
const required = (path: string) => fault(602, `${path} in body is required`);

describe('bodies of silences', () => {
  it.each<[string, object | string, number, string]>([
    ['nothing', '', 422, required('silence')],
    ['null', 'null', 422, required('comment')],
    [
      'a list',
      '[]',
      400,
      becauseSilence(
        'json: cannot unmarshal array into Go value of type struct { ID string "json:\\"id,omitempty\\"" }',
      ),
    ],
    ['broken', '{', 400, becauseSilence('unexpected EOF')],
    ['no comment', { comment: undefined, createdBy: undefined }, 422, required('comment')],
    ['no author', { createdBy: null, endsAt: undefined }, 422, required('createdBy')],
    ['no end', { endsAt: undefined, matchers: undefined }, 422, required('endsAt')],
    ['no matchers', { matchers: undefined, startsAt: undefined }, 422, required('matchers')],
    ['no start', { startsAt: null }, 422, required('startsAt')],
    ['an empty list of matchers', { matchers: [] }, 422, fault(612, 'matchers in body should have at least 1 items')],
    ['null among matchers', { matchers: [null] }, 422, required('matchers.0')],
    ['a matcher without isRegex', withMatcher({}), 422, required('matchers.0.isRegex')],
    ['a matcher without name', withMatcher({ isRegex: true }), 422, required('matchers.0.name')],
    ['a matcher without value', withMatcher({ isRegex: true, name: 'a' }), 422, required('matchers.0.value')],
    [
      'a number for a comment',
      { comment: 3 },
      400,
      becauseSilence('json: cannot unmarshal number into Go struct field Silence.comment of type string'),
    ],
    [
      'an object for an id',
      { id: {}, comment: 3 },
      400,
      becauseSilence('json: cannot unmarshal object into Go struct field .id of type string'),
    ],
    [
      'text for a flag',
      withMatcher({ name: 'a', value: 'b', isRegex: 'x' }),
      400,
      becauseSilence('json: cannot unmarshal string into Go struct field Matcher.matchers.isRegex of type bool'),
    ],
    [
      'a bad time',
      { startsAt: 'x' },
      400,
      becauseSilence('parsing time "x" as "2006-01-02": cannot parse "x" as "2006"'),
    ],
    [
      'an end before the start',
      { endsAt: SILENCE.startsAt },
      400,
      '"Failed to create silence: start time must be before end time"\n',
    ],
    [
      'an end in the past',
      { startsAt: '', endsAt: '2020-01-01T00:00:00Z' },
      400,
      '"Failed to create silence: end time can\'t be in the past"\n',
    ],
    [
      'a bad expression',
      withMatcher({ name: 'a', value: '(', isRegex: true }),
      400,
      '"invalid silence: invalid label matcher 0 in set 0: invalid regular expression \\"(\\": error parsing regexp: missing closing ): `(`"\n',
    ],
    [
      'no name',
      withMatcher({ name: '', value: 'x', isRegex: false }),
      400,
      '"invalid silence: invalid label matcher 0 in set 0: invalid label name \\"\\""\n',
    ],
    [
      'only empty values',
      withMatcher({ name: 'a', value: '', isRegex: false }),
      400,
      '"invalid silence: matcher set 0: at least one matcher must not match the empty string"\n',
    ],
    ['an unknown id', { id: 'nope' }, 404, '"silence not found"\n'],
  ])('%s', async (_name, change, status, text) => {
    expect(await postSilence(change)).toMatchObject({ status, text });
  });

  it('passes on what the engine refuses', async () => {
    engine.refusal = failed({
      code: 'limit-exceeded',
      path: '',
      message: 'exceeded maximum number of silences: 1 (limit: 1)',
    });
    expect(await postSilence({})).toMatchObject({
      status: 400,
      text: '"exceeded maximum number of silences: 1 (limit: 1)"\n',
    });
  });
});

describe('silences', () => {
  const ID = '00000000-0000-4000-8000-000000000001';

  it('are made, read, expired', async () => {
    const made = await postSilence({ ANNOTATIONS: { ticket: '42', __proto__x: '' }, comment: '"q"' });
    expect(made).toMatchObject({ status: 200, text: `{"silenceID":"${ID}"}\n` });
    const shown = `{"id":"${ID}","status":{"state":"active"},"updatedAt":"2026-01-01T12:00:00.000Z","annotations":{"__proto__x":"","ticket":"42"},"comment":"\\"q\\"","createdBy":"me","endsAt":"2026-01-01T13:00:00.000Z","matchers":[{"isEqual":true,"isRegex":false,"name":"a","value":"b"}],"startsAt":"2026-01-01T12:00:00.000Z"}`;
    expect((await call(`GET /api/v2/silence/${ID}`)).text).toBe(`${shown}\n`);
    expect((await call('GET /api/v2/silences')).text).toBe(`[${shown}]\n`);
    expect(await call(`DELETE /api/v2/silence/${ID}`)).toMatchObject({ status: 200, text: '' });
    expect(await call(`DELETE /api/v2/silence/${ID}`)).toMatchObject({ status: 200, text: '' });
    expect(await json(`GET /api/v2/silence/${ID}`)).toMatchObject({ status: { state: 'expired' } });
  });

  it('take a zero start for now', async () => {
    await postSilence({ startsAt: '0001-01-01T00:00:00Z', annotations: {} });
    expect(await json(`GET /api/v2/silence/${ID}`)).toMatchObject({ startsAt: '2026-01-01T12:00:00.000Z' });
    expect((await call(`GET /api/v2/silence/${ID}`)).text).not.toContain('annotations');
  });

  const matcher = (operator: '=' | '!=' | '=~' | '!~', name: string, value: string) => {
    const created = createMatcher(operator, name, value);
    if (!created.ok) throw new Error('bad matcher');
    return created.value;
  };
  const keep = (id: string, start: number, end: number, sets = [[matcher('=', 'a', 'b'), matcher('!~', 'c', 'd')]]) =>
    engine.keepSilence({
      id,
      matcherSets: sets,
      startsAt: plus(EPOCH, (start * HOUR) as typeof HOUR),
      endsAt: plus(EPOCH, (end * HOUR) as typeof HOUR),
      updatedAt: minus(EPOCH, HOUR),
      createdBy: '',
      comment: '',
      annotations: {},
    });
  const ids = async (text = '') =>
    ((await json(`GET /api/v2/silences${text}`)) as { id: string }[]).map(({ id }) => id);

  it('are listed active, pending, expired', async () => {
    keep('e1', -5, -2);
    keep('e2', -5, -1);
    keep('e3', -5, 0);
    keep('p2', 3, 5);
    keep('p1', 2, 9);
    keep('a2', -1, 3);
    keep('a1', -1, 2);
    expect(await ids()).toEqual(['a1', 'a2', 'p1', 'p2', 'e3', 'e2', 'e1']);
    expect(await ids('?active=false')).toEqual(['p1', 'p2', 'e3', 'e2', 'e1']);
    expect(await ids('?pending=no&expired=0')).toEqual(['a1', 'a2']);
    expect(await ids('?active=0&pending=0&expired=0')).toEqual([]);
  });

  it.each([
    ['a=b', true],
    ['c!~d', true],
    ['a=b&filter=c!~d', true],
    ['a=~b', false],
    ['a=c', false],
    ['a=b&filter=c=d', false],
  ])('are filtered by the text of their matchers: %s', async (filter, found) => {
    keep('s', -1, 1);
    expect(await ids(`?filter=${filter.replaceAll('~', '%7E')}`)).toEqual(found ? ['s'] : []);
  });

  it('with several sets cannot be shown', async () => {
    keep('two', -1, 1, [[matcher('=', 'a', 'b')], [matcher('=', 'c', 'd')]]);
    const text = `"silence 'two' has multiple matcher sets which is not supported by this API version"\n`;
    expect(await call('GET /api/v2/silences')).toMatchObject({ status: 500, text });
  });
});
