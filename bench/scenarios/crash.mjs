/**
 * What is lost, and what is told again, when the process is killed with SIGKILL in the middle of a busy evening? Silences and
 * alerts count once they were answered with 200; a notification counts as repeated when it had been answered by the sink.
 */
import { Churn, TICK_MS, churnConfiguration } from '../lib/churn.mjs';
import { Connection } from '../lib/connection.mjs';
import { ALERTS, SILENCES, atPace, getJson, sendAll } from '../lib/load.mjs';
import { sleep } from '../lib/now.mjs';
import { aSilence } from '../lib/silences.mjs';

export const rows = [
  { key: 'silencesLost', label: 'silences lost', better: 'less', least: 0, aim: 0, absolute: true },
  { key: 'silencesMade', label: 'of silences answered', better: 'more' },
  { key: 'alertsLost', label: 'alerts lost', better: 'less', least: 0, aim: 0, absolute: true },
  { key: 'alertsAnswered', label: 'of alerts answered and firing', better: 'more' },
  { key: 'repeated', label: 'notifications repeated', better: 'less', least: 64, aim: 64, absolute: true },
  { key: 'toldBefore', label: 'of notifications told before', better: 'more' },
  { key: 'neverTold', label: 'groups never told', better: 'less', least: 0, aim: 0, absolute: true },
];

export async function play(stage) {
  const ticks = stage.size(150, 25);
  const sink = await stage.openSink();
  const server = await stage.start(churnConfiguration(sink.url, stage.size({}, { wait: '300ms', interval: '1s' })), {
    probe: false,
  });
  const churn = new Churn(server.port, { lifeMs: stage.size(10_000, 2_000), standing: stage.size(4_000, 100) });
  await churn.open();
  const silences = new Set();
  let isRunning = true;
  const silencing = makeSilences(server.port, silences, () => isRunning);
  await atPace(TICK_MS, ticks, () => void churn.tick());
  await server.stop('SIGKILL');
  isRunning = false;
  await silencing;
  churn.close();
  // What was under way when it died was taken by the sink or not: settle that before the new process starts.
  await sleep(200);
  const before = toldPods(await sink.report());

  await server.begin();
  const kept = new Set((await getJson(server.port, SILENCES)).map(({ id }) => id));
  const alerts = new Set((await getJson(server.port, ALERTS)).map(({ labels }) => labels.pod));
  const firing = churn.firing().map(churn.podOf);
  await sendAll(server.port, churn.firingRequests());
  await sleep(stage.size(12_000, 2_500));
  const after = toldPods(await sink.report());

  Object.assign(stage.figures, {
    silencesLost: [...silences].filter((id) => !kept.has(id)).length,
    silencesMade: silences.size,
    alertsLost: firing.filter((pod) => !alerts.has(pod)).length,
    alertsAnswered: firing.length,
    repeated: [...after].filter((pod) => before.has(pod)).length,
    toldBefore: before.size,
    neverTold: firing.filter((pod) => !before.has(pod) && !after.has(pod)).length,
  });
  if (stage.role === 'peer') return;
  stage.claim(stage.figures.silencesLost === 0, `${stage.figures.silencesLost} silences lost`);
  stage.claim(stage.figures.alertsLost === 0, `${stage.figures.alertsLost} alerts lost`);
  stage.claim(stage.figures.repeated <= 64, `${stage.figures.repeated} notifications repeated`);
  stage.claim(stage.figures.neverTold === 0, `${stage.figures.neverTold} groups never told`);
}

const toldPods = (report) => new Set(report.filter(({ status }) => status === 'firing').flatMap(({ ids }) => ids));

/** Silences about nothing, one after the other, until the server is gone. */
async function makeSilences(port, answered, isRunning) {
  const connection = await Connection.open(port);
  try {
    for (let n = 0; isRunning(); n++) {
      const answer = await connection.post(SILENCES, aSilence(n));
      if (answer.status === 200) answered.add(answer.json().silenceID);
      await sleep(4);
    }
  } catch {
    // Killed, as planned.
  }
  connection.close();
}
