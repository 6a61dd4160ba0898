import { describe, expect, it } from '@jest/globals';

import {
  aConfig,
  aReceiver,
  aRuleset,
  aSilence,
  anAlert,
  matchersOf,
  seconds,
  secondsAfter,
} from '../../test/support/builders.js';
import { type Bench, type BenchWords, startBench } from '../../test/support/engine-bench.js';
import { EPOCH, VirtualClock, settle } from '../../test/support/virtual-clock.js';
import type { Config } from '../domain/ruleset/index.js';
import { HOUR, type Instant, MINUTE, between, duration } from '../domain/time/index.js';
import { MemoryStorage } from '../storage/memory/memory-storage.js';
import type { RecordKind, StateRecord } from '../storage/storage.js';

/** What only the engine can show; what any router shows is in test/acceptance. */

const at = (s: number) => secondsAfter(EPOCH, s);

const start = (words: Partial<BenchWords> = {}, config: Config = aConfig()): Promise<Bench> =>
  startBench({ ruleset: aRuleset(config), ...words });

const down = ({ clock }: Bench, words = {}, labels = {}) =>
  anAlert({ alertname: 'Down', ...labels }, clock.now(), words);

const told = ({ collector }: Bench) =>
  collector.received.map(({ at, send }) => `${(at - EPOCH) / 1_000} ${send.notification.reason}`);

const keysOf = ({ storage }: Bench, kind: RecordKind) => [...storage.load(kind)].map(({ key }) => key);

/** Counts what is written, and fails or hangs when told to. */
class WatchedStorage extends MemoryStorage {
  readonly written: StateRecord[] = [];
  mood: 'well' | 'failing' | 'hanging' = 'well';

  override commit(records: readonly StateRecord[]): Promise<void> {
    if (this.mood === 'failing') return Promise.reject(new Error('no space left on device'));
    if (this.mood === 'hanging') return new Promise(() => {});
    this.written.push(...records);
    return super.commit(records);
  }

  count(kind: RecordKind): number {
    return this.written.filter((record) => record.kind === kind).length;
  }
}

describe('durability', () => {
  it('has an alert on disk when the post resolves, and its group once it was looked at', async () => {
    const bench = await start();
    await bench.engine.post([down(bench)]);
    expect(keysOf(bench, 'alert')).toEqual([down(bench).labels.fingerprint]);
    expect(keysOf(bench, 'group')).toEqual([]);
    await bench.clock.advanceTo(at(2));
    expect(keysOf(bench, 'group')).toEqual(['{} {}:{alertname="Down"}']);
  });

  const crash = async (bench: Bench): Promise<Bench> => {
    bench.kill();
    await bench.clock.advance(seconds(0.1));
    return start({ clock: bench.clock, storage: bench.storage, collector: bench.collector });
  };

  it.each<[string, (bench: Bench) => Promise<void>]>([
    ['with one alert', () => Promise.resolve()],
    // Of the three alerts each comes to be the first on the disk.
    ...['a', 'b', 'c'].map((first): [string, (bench: Bench) => Promise<void>] => [
      `that others joined, ${first} before`,
      async (bench) => {
        for (const name of ['a', 'b', 'c']) await bench.engine.post([down(bench, {}, { name: first + name })]);
      },
    ]),
    ['whose alert was reported again', (bench) => bench.engine.post([down(bench, { endsAt: at(900) })])],
    [
      'whose alert got other annotations',
      (bench) => bench.engine.post([down(bench, { startsAt: EPOCH, annotations: { a: 'b' } })]),
    ],
    ['that an old alert joined', (bench) => bench.engine.post([down(bench, { startsAt: at(-600) }, { name: 'old' })])],
    [
      'whose alert has resolved',
      (bench) =>
        bench.engine.post([down(bench, { startsAt: EPOCH, endsAt: at(0.4) }), down(bench, {}, { name: 'new' })]),
    ],
  ])('looks at a new group when it would have without a crash: one %s', async (_which, meanwhile) => {
    const bench = await start();
    await bench.engine.post([down(bench)]);
    await bench.clock.advanceTo(at(0.4));
    await meanwhile(bench);
    await bench.clock.advanceTo(at(0.5));
    const once = await crash(bench);
    await once.clock.advanceTo(at(0.7));
    const twice = await crash(once);
    await twice.clock.advanceTo(at(5));
    expect(told(twice)).toEqual(['1 first notification']);
  });

  it('looks at a new group of an old alert at once after a crash, if it could not before', async () => {
    const bench = await start();
    await bench.engine.post([down(bench, { startsAt: at(-600) })]);
    const again = await crash(bench);
    await again.clock.advanceTo(at(0.2));
    expect(told(again)).toEqual(['0.1 first notification']);
  });

  it('tells at once what it was telling for the first time when it died, whatever was written meanwhile', async () => {
    const bench = await start();
    bench.collector.answer('default/0', { afterMs: 1_000 });
    await bench.engine.post([down(bench)]);
    await bench.clock.advanceTo(at(1.4));
    await bench.engine.post([down(bench, { startsAt: EPOCH, annotations: { a: 'b' } })]);
    await bench.clock.advanceTo(at(1.5));
    const again = await crash(bench);
    await again.clock.advanceTo(at(10));
    // The first was under way, and may have arrived.
    expect(told(again)).toEqual(['2 first notification', '2.6 first notification']);
  });

  it('waits for the group below a new route as if its alert had just come', async () => {
    const bench = await start();
    await bench.engine.post([down(bench, {}, { job: 'x' })]);
    await bench.clock.advanceTo(at(0.5));
    await bench.stop();
    const config = aConfig({ route: { groupBy: ['alertname', 'job'] } });
    const again = await start({ clock: bench.clock, storage: bench.storage }, config);
    await again.clock.advanceTo(at(5));
    expect(told(again)).toEqual(['1.5 first notification']);
  });

  it.each([
    ['nothing', false, []],
    ['as in Alertmanager its log', true, ['{}:{alertname="Down"}:default/webhook/0']],
  ])('leaves %s behind when all is told', async (_what, strict, log) => {
    const bench = await start({ options: { strict } });
    await bench.engine.post([down(bench)]);
    await bench.clock.advanceTo(at(5));
    await bench.engine.post([down(bench, { startsAt: EPOCH, endsAt: at(5) })]);
    await bench.clock.advanceTo(at(7));
    expect(told(bench)).toEqual(['1 first notification', '6 all alerts resolved']);
    for (const kind of ['alert', 'lease', 'group', 'delivery'] as const) expect(keysOf(bench, kind)).toEqual([]);
    expect(keysOf(bench, 'nflog')).toEqual(log);
  });

  it('leaves no lease of an alert behind that is over', async () => {
    const bench = await start();
    await bench.engine.post([down(bench, { endsAt: at(100) })]);
    await bench.engine.post([down(bench, { endsAt: at(300) })]);
    expect(keysOf(bench, 'lease')).toHaveLength(1);
    await bench.clock.advanceTo(at(5));
    await bench.engine.post([down(bench, { startsAt: EPOCH, endsAt: at(5) })]);
    expect(keysOf(bench, 'lease')).toEqual([]);
    await bench.clock.advanceTo(at(7));
    for (const kind of ['alert', 'lease'] as const) expect(keysOf(bench, kind)).toEqual([]);
  });

  it('writes reports that an alert still fires only as leases', async () => {
    const storage = new WatchedStorage();
    const bench = await start({ storage });
    for (let i = 0; i < 30; i++) {
      await bench.engine.post([down(bench, { startsAt: EPOCH, endsAt: at(10 * i + 300) })]);
      await bench.clock.advance(seconds(10));
    }
    expect([storage.count('alert'), storage.count('lease')]).toEqual([1, 1]);
  });

  it.each([
    ['other annotations', { endsAt: at(310), annotations: { a: 'b' } }],
    ['an earlier start', { endsAt: at(310), startsAt: at(-1) }],
    ['an end of our own instead of the sender', { timeout: true, endsAt: at(310) }],
    ['its resolution', { endsAt: at(10) }],
  ])('writes %s at once', async (_name, words) => {
    const storage = new WatchedStorage();
    const bench = await start({ storage });
    await bench.engine.post([down(bench, { startsAt: EPOCH, endsAt: at(300) })]);
    await bench.clock.advanceTo(at(10));
    await bench.engine.post([down(bench, { startsAt: EPOCH, ...words })]);
    expect(storage.count('alert')).toBe(2);
  });

  it('goes on paging when the disk fails, and says so to who posts', async () => {
    const storage = new WatchedStorage();
    const bench = await start({ storage });
    storage.mood = 'failing';
    await expect(bench.engine.post([down(bench)])).rejects.toThrow('could not be written to disk');
    const draft = aSilence('{a="b"}', at(0), at(60));
    await expect(bench.engine.setSilence(draft)).rejects.toThrow('could not be written to disk');
    expect([bench.engine.alerts().length, bench.engine.silences().length]).toEqual([1, 1]);
    await bench.clock.advanceTo(at(5));
    expect(told(bench)).toEqual(['1 first notification']);
    storage.mood = 'well';
    await bench.clock.advanceTo(at(30));
    for (const kind of ['alert', 'group', 'silence', 'nflog'] as const) expect(keysOf(bench, kind)).toHaveLength(1);
  });

  it('goes on paging when the disk hangs', async () => {
    const storage = new WatchedStorage();
    const bench = await start({ storage });
    storage.mood = 'hanging';
    void bench.engine.post([down(bench)]);
    await bench.clock.advanceTo(at(10));
    expect(told(bench)).toEqual(['2 first notification']);
  });

  it('tells the end of what it may have told when it died', async () => {
    const bench = await start();
    bench.collector.answer('default/0', { afterMs: 1_000 });
    await bench.engine.post([down(bench)]);
    await bench.clock.advanceTo(at(1.5));
    await bench.engine.post([down(bench, { startsAt: EPOCH, endsAt: at(1.4) })]);
    bench.kill();
    await bench.clock.advanceTo(at(3));
    const again = await start({ clock: bench.clock, storage: bench.storage, collector: bench.collector });
    await bench.clock.advanceTo(at(10));
    expect(told(again)).toEqual(['2 first notification', '4 all alerts resolved']);
    expect(keysOf(again, 'delivery')).toEqual([]);
  });

  it('reads what it can and says what it cannot', async () => {
    const storage = new MemoryStorage();
    await storage.open();
    const bad = (kind: RecordKind) => ({ kind, key: 'x', value: { no: 'thing' }, updatedAt: EPOCH });
    await storage.commit((['alert', 'lease', 'group', 'silence', 'nflog', 'delivery'] as const).map(bad));
    const bench = await start({ storage });
    await bench.engine.post([down(bench)]);
    await bench.clock.advanceTo(at(5));
    expect(told(bench)).toEqual(['1 first notification']);
  });

  it('knows the very ends after a stop in good order', async () => {
    const bench = await start();
    await bench.engine.post([down(bench, { endsAt: at(300) })]);
    await bench.clock.advanceTo(at(10));
    await bench.engine.post([down(bench, { startsAt: EPOCH, endsAt: at(310) })]);
    await bench.stop();
    const again = await start({ clock: bench.clock, storage: bench.storage });
    expect(again.engine.alerts().map(({ alert }) => alert.endsAt.at)).toEqual([at(310)]);
  });

  it.each([
    ['a stop in good order', 'stop'],
    ['a crash', 'kill'],
  ] as const)('knows the ends of leases after %s', async (_how, end) => {
    const storage = new WatchedStorage();
    const bench = await start({ storage });
    await bench.engine.post([down(bench, { endsAt: at(100), annotations: { a: 'b' } })]);
    await bench.clock.advanceTo(at(40));
    await bench.engine.post([down(bench, { startsAt: EPOCH, endsAt: at(240), annotations: { a: 'b' } })]);
    expect([storage.count('alert'), storage.count('lease')]).toEqual([1, 1]);
    await bench[end]();
    const again = await start({ clock: bench.clock, storage });
    const [view] = again.engine.alerts();
    expect(view?.alert).toMatchObject({ updatedAt: at(40), startsAt: { at: EPOCH }, endsAt: { at: at(240) } });
    expect(view?.alert.annotations.get('a')).toBe('b');
    await again.engine.post([down(again, { startsAt: EPOCH, endsAt: at(250), annotations: { a: 'c' } })]);
    expect(keysOf(again, 'lease')).toEqual([]);
  });

  it('takes no lease for an alert that is not there, nor one that nobody can read', async () => {
    const storage = new MemoryStorage();
    const bench = await start({ storage });
    const alert = down(bench, { endsAt: at(100) });
    await bench.engine.post([alert]);
    bench.kill();
    const { fingerprint } = alert.labels;
    await storage.commit([
      { kind: 'lease', key: 'other', value: [at(500), at(0)], updatedAt: EPOCH },
      { kind: 'lease', key: fingerprint, value: ['soon', at(0)], updatedAt: EPOCH },
    ]);
    const again = await start({ clock: bench.clock, storage });
    expect(again.engine.alerts().map((view) => view.alert.endsAt.at)).toEqual([at(100)]);
    await settle();
    expect(keysOf(again, 'lease')).toEqual([]);
  });

  it('never ends an alert before its acknowledged end after a crash', async () => {
    const bench = await start();
    await bench.engine.post([down(bench, { endsAt: at(100) })]);
    await bench.clock.advanceTo(at(40));
    await bench.engine.post([down(bench, { startsAt: EPOCH, endsAt: at(140) })]);
    bench.kill();
    const again = await start({ clock: bench.clock, storage: bench.storage });
    expect(again.engine.alerts().map(({ alert }) => alert.endsAt.at)).toEqual([at(100)]);
    await bench.clock.advanceTo(at(140));
    expect(again.engine.alerts()).toHaveLength(1);
    await bench.clock.advanceTo(at(151));
    expect(again.engine.alerts()).toEqual([]);
  });
});

/** On which every step takes longer than a slice of work. */
class SlowClock extends VirtualClock {
  #asked = 0;

  override elapsed(): number {
    return super.elapsed() + 5 * this.#asked++;
  }
}

describe('bounds', () => {
  it('drops alerts beyond the limit of their name, warns and counts', async () => {
    const bench = await start({ options: { perAlertnameLimit: 2 } });
    await bench.engine.post(['a', 'b', 'c'].map((instance) => down(bench, {}, { instance })));
    expect(bench.engine.alerts()).toHaveLength(2);
    expect(await bench.metrics.expose('text')).toContain('alertmanager_alerts_limited_total 1');
  });

  it('refuses silences beyond the limit', async () => {
    const bench = await start({ options: { maxSilences: 1 } });
    await bench.engine.setSilence(aSilence('{a="b"}', at(0), at(60)));
    expect(await bench.engine.setSilence(aSilence('{a="c"}', at(0), at(60)))).toMatchObject({
      ok: false,
      issues: [{ message: 'exceeded maximum number of silences: 1 (limit: 1)' }],
    });
  });

  it('forgets what is over: alerts, silences, log entries', async () => {
    const bench = await start({ options: { retention: HOUR } });
    await bench.engine.post([down(bench, { endsAt: at(5) })]);
    await bench.engine.setSilence(aSilence('{a="b"}', at(0), at(60)));
    await bench.clock.advanceTo(at(30 * 60 + 1));
    expect(keysOf(bench, 'silence')).toHaveLength(1);
    await bench.clock.advanceTo(at(2 * 3_600));
    for (const kind of ['alert', 'group', 'silence', 'nflog', 'delivery'] as const)
      expect(keysOf(bench, kind)).toEqual([]);
    expect(bench.engine.silences()).toEqual([]);
  });

  it('does not forget what was told about a group that lives', async () => {
    const config = aConfig({ route: { repeatInterval: duration(10 * MINUTE), groupInterval: MINUTE } });
    const bench = await start({}, config);
    await bench.engine.post([down(bench, { endsAt: at(7_200) })]);
    await bench.clock.advanceTo(at(100));
    await bench.engine.setSilence(aSilence('{alertname="Down"}', at(100), at(7_300)));
    await bench.clock.advanceTo(at(7_400));
    expect(told(bench)).toEqual(['1 first notification', '7321 all alerts resolved']);
  });

  it('[DISP-6] tells five thousand groups at once', async () => {
    const bench = await start({}, aConfig({ route: { groupBy: ['instance'], groupWait: seconds(0) } }));
    await bench.engine.post(
      Array.from({ length: 5_000 }, (_, i) => down(bench, { startsAt: at(-1) }, { instance: `i${i}` })),
    );
    await bench.clock.advanceTo(at(0.1));
    expect(bench.collector.received).toHaveLength(5_000);
    expect(bench.clock.pending).toBe(1);
  });

  it('tells two thousand alerts of one group at once, and what joins them at the next flush', async () => {
    const bench = await start();
    const posted = (count: number) => Array.from({ length: count }, (_, i) => down(bench, {}, { pod: `p${i}` }));
    await bench.engine.post(posted(2_000));
    await bench.clock.advanceTo(at(10));
    await bench.engine.post(posted(2_001));
    await bench.clock.advanceTo(at(40));
    expect(told(bench).map((text) => text.replace(/^\S+ /, ''))).toEqual(['first notification', 'new alerts added']);
    expect(bench.collector.received.map(({ send }) => send.notification.alerts.length)).toEqual([2_000, 2_001]);
  });

  it('tells a large group at once, though alerts join while it is put in order', async () => {
    const clock = new SlowClock();
    const bench = await start({ clock });
    await bench.engine.post(Array.from({ length: 2_000 }, (_, i) => down(bench, {}, { pod: `p${i}` })));
    const flushAt = clock.nextAt as Instant;
    let joined = 0;
    const joinAfterEachStep = (): void => {
      if (bench.collector.received.length > 0 || joined === 20) return;
      void bench.engine.post([down(bench, {}, { pod: `late${joined++}` })]);
      clock.after(duration(0), joinAfterEachStep);
    };
    clock.after(between(clock.now(), flushAt), joinAfterEachStep);
    await clock.advanceTo(flushAt);
    expect(bench.collector.received.map(({ send }) => send.notification.alerts.length)).toEqual([2_001]);
    expect(joined).toBe(1);
  });
});

describe('what others read', () => {
  const inhibiting = aConfig({
    inhibitRules: [
      { name: '', sourceMatchers: matchersOf('{a="src"}'), targetMatchers: matchersOf('{a="dst"}'), equal: [] },
    ],
  });

  it('shows alerts in the order of their fingerprints', async () => {
    const bench = await start();
    await bench.engine.post(['c', 'a', 'b'].map((instance) => down(bench, {}, { instance })));
    const shown = bench.engine.alerts().map(({ alert }) => alert.labels.fingerprint);
    expect(shown).toEqual([...shown].sort());
  });

  it('shows all that inhibits an alert, strictly the first', async () => {
    for (const [strict, count] of [
      [false, 2],
      [true, 1],
    ] as const) {
      const bench = await start({ options: { strict } }, inhibiting);
      await bench.engine.post([
        down(bench, {}, { a: 'src', i: '1' }),
        down(bench, {}, { a: 'src', i: '2' }),
        down(bench, {}, { a: 'dst' }),
      ]);
      const target = bench.engine.alerts().find(({ alert }) => alert.labels.get('a') === 'dst');
      expect(target?.status.inhibitedBy).toHaveLength(count);
    }
  });

  it('counts versions up when an answer may differ, and not otherwise', async () => {
    const bench = await start();
    const { engine, clock } = bench;
    const versions = () => [engine.alertsVersion, engine.statusVersion, engine.silencesVersion];
    const changes = async (does: () => unknown): Promise<string> => {
      const before = versions();
      await does();
      const after = versions();
      return ['alerts', 'status', 'silences'].filter((_, i) => before[i] !== after[i]).join();
    };
    expect(await changes(() => engine.post([down(bench, { endsAt: at(100) })]))).toBe('alerts,status');
    await clock.advanceTo(at(5));
    expect(await changes(() => clock.advanceTo(at(6)))).toBe('');
    expect(await changes(() => engine.setSilence(aSilence('{a="b"}', at(10), at(20))))).toBe('status,silences');
    expect(await changes(() => clock.advanceTo(at(10)))).toBe('status,silences');
    expect(await changes(() => clock.advanceTo(at(20)))).toBe('status,silences');
    expect(await changes(() => clock.advanceTo(at(99)))).toBe('');
    expect(await changes(() => clock.advanceTo(at(100.001)))).toContain('alerts');
  });

  it('publishes alerts by the state of the last flush, and what was suppressed', async () => {
    const bench = await start({}, inhibiting);
    const line = async (name: string) =>
      (await bench.metrics.expose('text'))
        .split('\n')
        .filter((text) => text.startsWith(name))
        .join(' ');
    await bench.engine.post([down(bench, {}, { a: 'src' }), down(bench, {}, { a: 'dst' })]);
    expect(await line('alertmanager_alerts{')).toBe(
      'alertmanager_alerts{state="active"} 0 alertmanager_alerts{state="suppressed"} 0 alertmanager_alerts{state="unprocessed"} 2',
    );
    await bench.clock.advanceTo(at(1.5));
    expect(await line('alertmanager_alerts{')).toBe(
      'alertmanager_alerts{state="active"} 1 alertmanager_alerts{state="suppressed"} 1 alertmanager_alerts{state="unprocessed"} 0',
    );
    expect(await line('alertmanager_notifications_suppressed_total')).toContain('{reason="inhibition"} 1');
    expect(await line('alertmanager_dispatcher_aggregation_groups')).toBe(
      'alertmanager_dispatcher_aggregation_groups 1',
    );
  });

  it('renders route labels against what the group holds now', async () => {
    const config = aConfig({
      route: { labels: { n: '{{ len .Alerts }}', team: 'x', bad: '{{ routeLabels "bad" }}' } },
    });
    const bench = await start({}, config);
    await bench.engine.post([down(bench, {}, { i: '1' })]);
    const shown = () => bench.engine.groups()[0]?.routeLabels.toObject();
    expect(shown()).toEqual({ n: '1', team: 'x' });
    await bench.engine.post([down(bench, {}, { i: '2' })]);
    expect(shown()).toEqual({ n: '2', team: 'x' });
    await bench.clock.advanceTo(at(2));
    expect(bench.collector.received[0]?.send.notification.routeLabels.toObject()).toEqual({ n: '2', team: 'x' });
  });
});

describe('stop', () => {
  it('is safe right after the start', async () => {
    const bench = await start();
    await bench.engine.stop();
    expect(bench.clock.pending).toBe(0);
  });

  it('cancels what takes too long, and tells it again after the start', async () => {
    const bench = await start({ options: { stopGrace: seconds(1) } });
    bench.collector.answer('default/0', { afterMs: 8_000 });
    await bench.engine.post([down(bench)]);
    await bench.clock.advanceTo(at(1.5));
    await bench.stop();
    expect(bench.clock.now()).toBe(at(2.5));
    bench.collector.answer('default/0', {});
    const again = await start({ clock: bench.clock, storage: bench.storage, collector: bench.collector });
    await bench.clock.advanceTo(at(10));
    expect(told(again)).toEqual(['2.5 first notification']);
  });
});

describe('reload', () => {
  it('[DISP-10] leaves no timer of a group that vanished', async () => {
    const bench = await start();
    await bench.engine.post([down(bench)]);
    bench.engine.adopt(aRuleset(aConfig({ route: { groupBy: ['instance'] }, receivers: [aReceiver('other')] })));
    await settle();
    expect(bench.engine.groups().map(({ groupKey, receiver }) => `${receiver} ${groupKey}`)).toEqual(['other {}:{}']);
    expect(keysOf(bench, 'group')).toEqual(['{} {}:{}']);
    await bench.clock.advanceTo(at(5));
    expect(bench.collector.received.map(({ hook }) => hook)).toEqual(['other/0']);
  });
});
