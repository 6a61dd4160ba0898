/** A stage in real time: any Alertmanager, ours too, as a process of its own with webhooks of its own. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Router, startRouter } from '../support/real-process.js';
import { openWebhookSink } from '../support/webhook-sink.js';
import type { Slack } from './dsl/compare.js';
import type { Scenario } from './dsl/scenario.js';
import { HOOK_BASE } from './dsl/write.js';
import type { Answer, HookBody, Stage } from './http-runner.js';

/** A busy machine wakes processes late, never early; the little that they may be early is the rounding of two clocks. */
const SLACK: Slack = { early: 0.05, late: 0.6, times: 0.6 };

export interface RealStage extends Stage {
  close(): Promise<void>;
}

export async function openRealStage(command: readonly string[], scenario: Scenario): Promise<RealStage> {
  const sink = await openWebhookSink();
  const answers = new Map<string, { status: number; afterSeconds: number }>();
  const received: { hook: string; at: number; body: HookBody }[] = [];
  // What counts is what was answered with success, at the moment of the answer: all else is sent again.
  sink.answer = ({ path, body }, response) => {
    const hook = hookOf(path);
    const { status, afterSeconds } = answers.get(hook) ?? { status: 200, afterSeconds: 0 };
    setTimeout(() => {
      if (response.destroyed) return;
      if (status < 300) received.push({ hook, at: seconds(), body: body as unknown as HookBody });
      response.writeHead(status).end();
    }, afterSeconds * 1_000);
  };
  const withHooks = (config: string): string => config.replaceAll(HOOK_BASE, sink.url);
  const router: Router = await startRouter(command, {
    config: withHooks(scenario.config),
    flags: Object.entries(scenario.flags).map(([name, value]) => `--${name}=${value}`),
  });
  const epochMs = Date.now();
  const opened = performance.now();
  const seconds = (): number => (performance.now() - opened) / 1_000;

  return {
    epochMs,
    slack: SLACK,
    until: async (second) => void (await sleep(Math.max(0, opened + second * 1_000 - performance.now()))),
    async request(method, path, body) {
      return answerOf(
        await fetch(`${router.url}/api/v2/${path}`, {
          method,
          ...(body === undefined
            ? {}
            : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
        }),
      );
    },
    async reload(config) {
      if (config !== undefined) router.writeConfig(withHooks(config));
      return answerOf(await router.reload());
    },
    restart: async (isCrash, downFor) => router.restart(isCrash ? 'SIGKILL' : 'SIGTERM', downFor),
    answer: (hook, status, afterSeconds) => void answers.set(hook, { status, afterSeconds }),
    received,
    async close() {
      await router.stop();
      await sink.close();
    },
  };
}

/** `/team-x/0` is the first webhook of the receiver `team-x`. */
const hookOf = (path: string): string => decodeURIComponent(path.slice(1));

const answerOf = async (response: Response): Promise<Answer> => ({
  status: response.status,
  text: await response.text(),
});
