/** An engine on a virtual clock with storage in memory, its receivers being a collector. */
import type { Ruleset } from '../../src/domain/ruleset/index.js';
import { HOUR, MINUTE, SECOND, duration } from '../../src/domain/time/index.js';
import type { EngineOptions } from '../../src/engine/context.js';
import { createEngine } from '../../src/engine/create-engine.js';
import type { Engine } from '../../src/engine/engine.js';
import type { Ids } from '../../src/platform/ids.js';
import { silentLogger } from '../../src/platform/log.js';
import { type Metrics, createMetrics } from '../../src/platform/metrics.js';
import { MemoryStorage } from '../../src/storage/memory/memory-storage.js';
import type { Storage } from '../../src/storage/storage.js';
import { Collector } from './collectors.js';
import { MortalClock, MortalStorage } from './mortal.js';
import { VirtualClock } from './virtual-clock.js';

export interface BenchWords {
  readonly ruleset: Ruleset;
  readonly clock?: VirtualClock;
  readonly storage?: Storage;
  readonly collector?: Collector;
  readonly options?: Partial<EngineOptions>;
}

export interface Bench {
  readonly engine: Engine;
  readonly clock: VirtualClock;
  readonly storage: Storage;
  readonly collector: Collector;
  readonly metrics: Metrics;
  /** As SIGKILL does it. What is on the disk stays. */
  kill(): void;
  /** As SIGTERM does it. */
  stop(): Promise<void>;
}

const BUILD = { version: '0', revision: '', branch: '', buildUser: '', buildDate: '', runtimeVersion: '' };

export async function startBench(words: BenchWords): Promise<Bench> {
  const clock = words.clock ?? new VirtualClock();
  const storage = words.storage ?? new MemoryStorage();
  const mortalClock = new MortalClock(clock);
  const mortalStorage = new MortalStorage(storage);
  const collector = words.collector ?? new Collector(clock);
  const line = collector.connect();
  const metrics = createMetrics({ build: BUILD });
  const engine = createEngine({
    clock: mortalClock,
    ids: countingIds(),
    log: silentLogger,
    metrics,
    storage: mortalStorage,
    deliver: line.deliver,
    ruleset: words.ruleset,
    options: {
      retention: duration(120 * HOUR),
      maintenanceInterval: duration(15 * MINUTE),
      alertGcInterval: duration(30 * MINUTE),
      startDelay: duration(0),
      startedAt: clock.now(),
      perAlertnameLimit: 0,
      maxSilences: 0,
      maxSilenceSizeBytes: 0,
      logSilences: false,
      alertDurability: 'disk',
      strict: false,
      countAlertNames: false,
      countGroupKeys: false,
      externalURL: 'http://tocsin.example',
      stopGrace: duration(5 * SECOND),
      ...words.options,
    },
  });
  await storage.open();
  await engine.start();
  const kill = (): void => {
    mortalClock.kill();
    mortalStorage.kill();
    line.cut();
  };
  const stop = async (): Promise<void> => {
    const stopped = engine.stop();
    // Whoever waits for sends under way waits on the clock.
    await clock.advanceUntil(() => line.underWay === 0);
    await stopped;
    kill();
  };
  return { engine, clock, storage, collector, metrics, kill, stop };
}

/** Unique also over restarts of one test, and the same in every run of it. */
let count = 0;
export function countingIds(): Ids {
  return { uuid: () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`, random: () => 0.5 };
}
