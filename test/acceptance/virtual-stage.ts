/**
 * A stage on a virtual clock: the whole router as main.ts starts it, spoken to over HTTP, with webhooks that are not there
 * and storage in memory. Exact, and done in a moment of real time.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { duration } from '../../src/domain/time/index.js';
import type { CancelSignal } from '../../src/platform/cancel-signal.js';
import { parseFeatures } from '../../src/platform/features.js';
import type { HttpClientFactory, HttpRequest, HttpResponse } from '../../src/platform/http-client/index.js';
import { silentLogger } from '../../src/platform/log.js';
import { parseServerFlags } from '../../src/platform/server-flags.js';
import { type Router, startRouter } from '../../src/router.js';
import { MemoryStorage } from '../../src/storage/memory/memory-storage.js';
import { secondsAfter } from '../support/builders.js';
import { countingIds } from '../support/engine-bench.js';
import { MortalClock, MortalStorage } from '../support/mortal.js';
import { temporaryDirectory } from '../support/real-process.js';
import { EPOCH, VirtualClock, settle } from '../support/virtual-clock.js';
import { EXACT } from './dsl/compare.js';
import type { Scenario } from './dsl/scenario.js';
import { HOOK_BASE } from './dsl/write.js';
import type { Answer, HookBody, Stage, StageReceived } from './http-runner.js';

export interface VirtualStage extends Stage {
  close(): Promise<void>;
}

export async function openVirtualStage(scenario: Scenario): Promise<VirtualStage> {
  const directory = temporaryDirectory();
  const configFile = join(directory, 'alertmanager.yml');
  writeFileSync(configFile, scenario.config);
  const clock = new VirtualClock();
  const storage = new MemoryStorage();
  const hooks = new VirtualHooks(clock);
  const flags = Object.entries(scenario.flags).map(([name, value]) => `--${name}=${value}`);
  const options = parseServerFlags([
    `--config.file=${configFile}`,
    `--storage.path=${directory}`,
    '--web.listen-address=127.0.0.1:0',
    '--cluster.listen-address=',
    ...flags,
  ]);
  const start = async (): Promise<Life> => {
    const ownClock = new MortalClock(clock);
    const ownStorage = new MortalStorage(storage);
    const line = hooks.connect();
    const router = await startRouter(options, parseFeatures(options.features), {
      clock: ownClock,
      ids: countingIds(),
      log: silentLogger,
      http: line.factory,
      storage: ownStorage,
    });
    const die = (): void => {
      ownClock.kill();
      ownStorage.kill();
      line.cut();
      // Only its listeners end; the rest waits for answers that no one gives any more.
      void router.stop();
    };
    return { router, die };
  };
  let life = await start();
  /** A stop waits for what is being sent, and that takes its virtual time. */
  const leave = async (router: Router): Promise<void> => {
    const stopped = router.stop();
    await settle();
    await clock.advanceUntil(() => hooks.underWay === 0);
    await stopped;
  };

  const ask = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const response = await fetch(`http://127.0.0.1:${life.router.ports[0]}${path}`, init);
    const text = await response.text();
    await settle();
    return { status: response.status, text };
  };

  return {
    epochMs: EPOCH,
    slack: EXACT,
    until: (second) => clock.advanceTo(secondsAfter(EPOCH, second)),
    request: (method, path, body) =>
      ask(`/api/v2/${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      }),
    async reload(config) {
      if (config !== undefined) writeFileSync(configFile, config);
      return ask('/-/reload', { method: 'POST' });
    },
    async restart(isCrash, downFor) {
      if (isCrash) life.die();
      else await leave(life.router);
      await clock.advance(duration(downFor * 1_000));
      life = await start();
      await settle();
    },
    answer: (hook, status, afterSeconds) => hooks.answer(hook, status, afterSeconds),
    received: hooks.received,
    async close() {
      life.die();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Webhooks that answer in virtual time. */
class VirtualHooks {
  readonly received: StageReceived[] = [];
  readonly #answers = new Map<string, { status: number; afterSeconds: number }>();
  underWay = 0;

  constructor(private readonly clock: VirtualClock) {}

  answer(hook: string, status: number, afterSeconds: number): void {
    this.#answers.set(hook, { status, afterSeconds });
  }

  /** The way of one process to the webhooks: once it is cut, nothing arrives and no answer comes back. */
  connect(): { readonly factory: HttpClientFactory; cut(): void } {
    let isCut = false;
    const request = async (asked: Omit<HttpRequest, 'method'>): Promise<HttpResponse> => {
      const hook = asked.url.slice(HOOK_BASE.length + 1);
      const { status, afterSeconds } = this.#answers.get(hook) ?? { status: 200, afterSeconds: 0 };
      this.underWay++;
      if (afterSeconds > 0) await this.#pass(afterSeconds * 1_000, asked.signal);
      this.underWay--;
      if (isCut) return new Promise(() => {});
      if (status < 300) this.received.push({ hook, at: this.#second, body: bodyOf(asked) });
      return { status, headers: new Map(), bytes: new Uint8Array(), text: '' };
    };
    const close = async (): Promise<void> => {};
    const factory: HttpClientFactory = { client: () => ({ request, post: request, close }), close };
    return { factory, cut: () => void (isCut = true) };
  }

  get #second(): number {
    return (this.clock.now() - EPOCH) / 1_000;
  }

  #pass(ms: number, signal: CancelSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = this.clock.after(duration(ms), resolve);
      signal?.addEventListener('abort', () => {
        timer.cancel();
        this.underWay--;
        reject(new Error('cancelled'));
      });
    });
  }
}

const bodyOf = ({ body = '' }: Pick<HttpRequest, 'body'>): HookBody =>
  JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body)) as HookBody;

interface Life {
  readonly router: Router;
  /** As SIGKILL does it: nothing that it began goes on. */
  die(): void;
}
