/**
 * Loaded into a Node server before its own code (NODE_OPTIONS=--import): answers over IPC how long the event loop was held,
 * and takes CPU profiles of just the measured part. Programs that are not Node never load it.
 */
import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

const RESOLUTION_MS = 10;
const NS_PER_MS = 1e6;

if (isMainThread && process.send !== undefined) {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  let profiler;

  const beyond = (ns) => (ns > 0 ? Math.max(0, ns / NS_PER_MS - RESOLUTION_MS) : 0);
  const commands = {
    reset: () => delay.reset(),
    loop: () => ({ p999: beyond(delay.percentile(99.9)), max: beyond(delay.max), samples: delay.count }),
    async profileStart() {
      const { Session } = await import('node:inspector/promises');
      profiler = new Session();
      profiler.connect();
      await profiler.post('Profiler.enable');
      await profiler.post('Profiler.setSamplingInterval', { interval: 500 });
      await profiler.post('Profiler.start');
    },
    async profileStop(file) {
      const { profile } = await profiler.post('Profiler.stop');
      profiler.disconnect();
      writeFileSync(file, JSON.stringify(profile));
    },
  };
  process.on('message', async ({ probe, argument, id }) => {
    if (probe in commands) process.send({ id, answer: (await commands[probe](argument)) ?? null });
  });
  // The channel must not keep a server alive that wants to end.
  process.channel?.unref();
  process.send({ hello: true });
}
