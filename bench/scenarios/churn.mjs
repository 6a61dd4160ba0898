/** What does a busy evening cost (1,000 alerts/s, 660 notifications/s), how do others' requests fare, does memory grow? */
import { EQUALITY_FILTER } from '../lib/alerts.mjs';
import { Churn, TICK_MS, churnConfiguration } from '../lib/churn.mjs';
import { Connection, requestBytes } from '../lib/connection.mjs';
import { settle } from '../lib/dispatch.mjs';
import { ALERTS, atPace } from '../lib/load.mjs';
import { now, sleep } from '../lib/now.mjs';
import { quantile, slope } from '../lib/statistics.mjs';

export const rows = [
  { key: 'cores', label: 'cores', better: 'less', least: 0.5, aim: 0.2 },
  { key: 'postP99', label: 'POST p99, ms', better: 'less' },
  { key: 'getP50', label: 'filtered GET p50, ms', better: 'less' },
  { key: 'getP99', label: 'filtered GET p99, ms', better: 'less', least: 0.3, aim: 0.1 },
  { key: 'healthyP99', label: '/-/healthy p99, ms', better: 'less', least: 1, aim: 0.5 },
  {
    key: 'slope',
    label: 'RSS slope after the first minute, MB/min',
    better: 'less',
    least: 5,
    aim: 0.5,
    absolute: true,
  },
  { key: 'rss', label: 'RSS, MB', better: 'less' },
];

export async function play(stage) {
  const ticks = stage.size(1_800, 30);
  const lifeMs = stage.size(10_000, 2_000);
  const sink = await stage.openSink();
  const server = await stage.start(churnConfiguration(sink.url, stage.size({}, { wait: '300ms', interval: '1s' })));
  const churn = new Churn(server.port, { lifeMs, standing: stage.size(4_000, 200) });
  await churn.open();
  const gets = await Asker.open(server.port, `${ALERTS}?${EQUALITY_FILTER.query}`);
  const health = await Asker.open(server.port, '/-/healthy');
  const rss = [];
  const started = now();
  const { seconds, cpu } = await stage.measure(server, () =>
    atPace(TICK_MS, ticks, (n) => {
      void churn.tick();
      // Between two batches, not together with one.
      setTimeout(() => gets.ask(), TICK_MS / 3);
      setTimeout(() => health.ask(), TICK_MS / 20);
      if (n % 10 === 0) rss.push([(now() - started) / 60_000, server.rss()]);
    }),
  );
  const steady = rss.filter(([minute]) => minute >= stage.size(1, 0));
  stage.figures.slope = slope(steady);
  stage.figures.rss = steady.at(-1)[1];
  // What still fires ends too, and everything is told before the books are closed.
  while (!churn.isOver) {
    await churn.tick({ isEnding: true });
    await sleep(TICK_MS);
  }
  await sink.waitFor(2 * churn.fired.size, 15_000);
  await sleep(stage.size(1_000, 100));
  const report = await sink.report();
  for (const each of [churn, gets, health]) each.close();
  Object.assign(stage.figures, {
    cores: cpu / seconds,
    postP99: quantile(churn.latencies, 0.99),
    getP50: quantile(gets.latencies, 0.5),
    getP99: quantile(gets.latencies, 0.99),
    healthyP99: quantile(health.latencies, 0.99),
  });
  stage.claim(churn.refused === 0, `${churn.refused} batches were not taken: ${churn.refusal}`);
  for (const { failure } of [gets, health]) stage.claim(failure === undefined, `a GET failed: ${failure}`);
  settle(stage, report, [...churn.fired].map(churn.podOf), 'firing');
  settle(stage, report, [...churn.resolved].map(churn.podOf), 'resolved');
}

/** Somebody else who asks the same again and again; who still waits does not ask. */
class Asker {
  latencies = [];
  #isWaiting = false;

  constructor(connection, path) {
    this.connection = connection;
    this.request = requestBytes('GET', path);
  }

  static open = async (port, path) => new Asker(await Connection.open(port), path);

  ask() {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    const sent = now();
    const done = () => {
      this.latencies.push(now() - sent);
      this.#isWaiting = false;
    };
    this.connection.send(this.request).then(done, (error) => (this.failure = error.message));
  }

  close() {
    this.connection.close();
  }
}
