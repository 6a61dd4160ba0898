import { beforeEach, describe, expect, it } from '@jest/globals';

import { type AlertWords, anAlert } from '../../../test/support/builders.js';
import { FakeEngine } from '../../../test/support/fake-engine.js';
import { VirtualClock } from '../../../test/support/virtual-clock.js';
import { alertJson } from './alert-json.js';
import { AlertPages, PageIndex } from './alert-pages.js';

const clock = new VirtualClock();
let engine: FakeEngine;
let pages: AlertPages;

beforeEach(() => {
  engine = new FakeEngine(() => clock.now());
  pages = new AlertPages(engine, clock);
});

const numbered = (from: number, count: number, words: AlertWords = {}) =>
  Array.from({ length: count }, (_, n) => anAlert({ alertname: 'a', n: String(from + n) }, clock.now(), words));

const text = async (): Promise<string> => (await pages.read()).map(({ bytes }) => bytes.toString()).join('');
const expected = (): string =>
  engine
    .alerts()
    .map((view) => `${alertJson(view, view.receivers, [])},`)
    .join('');

describe('pages of alerts', () => {
  it.each<[string, () => unknown]>([
    ['nothing', () => undefined],
    ['new alerts', () => engine.post(numbered(500, 100))],
    ['the same alerts with another annotation', () => engine.post(numbered(100, 7, { annotations: { x: 'é<☃' } }))],
    ['silenced alerts', () => engine.statusOf.set('a', { silencedBy: ['one'], inhibitedBy: [] })],
    ['no alert any more', () => engine.clear()],
  ])('show %s', async (_what, change) => {
    await engine.post(numbered(0, 500));
    expect(await text()).toBe(expected());
    await change();
    expect(await text()).toBe(expected());
  });

  it('stay as they are where nothing has changed', async () => {
    await engine.post(numbered(0, 500));
    const before = await pages.read();
    expect(await pages.read()).toBe(before);
    await engine.post(numbered(0, 1, { annotations: { x: 'y' } }));
    const after = await pages.read();
    expect(after.filter((page, i) => page !== before[i])).toHaveLength(1);
  });

  it('are small where there are very many alerts, and stay so until much fewer are left', async () => {
    const many = numbered(0, 33_000);
    const digitsOf = async (count: number) => {
      engine.clear();
      await engine.post(many.slice(0, count));
      const digits = new Set((await pages.read()).map(({ prefix }) => prefix.length));
      expect((await text()) === expected()).toBe(true);
      return digits;
    };
    expect(await digitsOf(20_000)).toEqual(new Set([2]));
    expect(await digitsOf(33_000)).toEqual(new Set([3]));
    expect(await digitsOf(20_000)).toEqual(new Set([3]));
    expect(await digitsOf(16_000)).toEqual(new Set([2]));
  });

  it('are never older than the question', async () => {
    await engine.post(numbered(0, 500));
    const first = pages.read();
    await engine.post(numbered(500, 1));
    const [second, third] = [pages.read(), pages.read()];
    expect(second).toBe(third);
    const count = async (read: typeof first) => (await read).reduce((sum, { lines }) => sum + lines.length, 0);
    expect([await count(first), await count(second)]).toEqual([500, 501]);
  });

  it('find an alert that they show', async () => {
    await engine.post(numbered(0, 500));
    const index = new PageIndex(await pages.read());
    const clear = '{"inhibitedBy":[],"mutedBy":[],"silencedBy":[],"state":"active"}';
    for (const view of engine.alerts())
      for (const comma of ['', ','])
        expect(Buffer.from(index.find(view, clear, comma === ',') ?? []).toString()).toBe(
          alertJson(view, view.receivers, []) + comma,
        );
    const [view] = engine.alerts();
    const other = anAlert({ alertname: 'other' }, clock.now());
    for (const wrong of [
      { ...view, receivers: ['x'] },
      { ...view, alert: other },
    ])
      expect(index.find(wrong as NonNullable<typeof view>, clear, false)).toBeUndefined();
    expect(index.find(view as NonNullable<typeof view>, '{}', false)).toBeUndefined();
  });
});
