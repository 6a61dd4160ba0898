/** What is played after the start is seen nowhere but in the log. */
import { readdirSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { OURS, eventually, startRouter } from '../support/real-process.js';

const CONFIG = 'route: { receiver: none }\nreceivers: [{ name: none }]\n';
const start = (...flags: string[]) => startRouter(OURS, { config: CONFIG, flags: ['--log.level=debug', ...flags] });
/** With one processor there is none. */
const itWithTwo = availableParallelism() < 2 ? it.skip : it;

itWithTwo('is played once, unless it is switched off, and leaves no alert behind', async () => {
  const without = await start('--no-rehearsal');
  const router = await start();
  await eventually(async () =>
    expect(router.process.output()).toMatch(/msg=Rehearsed posts=[1-9]\d* notifications=\d+/),
  );
  expect(without.process.output()).not.toMatch(/[Rr]ehears/);
  const ask = async (path: string): Promise<string> => (await fetch(`${router.url}${path}`)).text();
  expect(await ask('/api/v2/alerts')).toBe('[]\n');
  expect(await ask('/api/v2/alerts/groups')).toBe('[]\n');
  const metrics = await ask('/metrics');
  expect(metrics).not.toMatch(/^alertmanager_(alerts_received_total|notifications_total)\{.*\} [1-9]/m);
  const log = join(router.directory, 'data', 'tocsin.log');
  const sizes = readdirSync(log).map((name) => statSync(join(log, name)).size);
  expect(Math.max(...sizes)).toBeLessThan(1_000);
  await Promise.all([router.stop(), without.stop()]);
});
