/**
 * The same random situations on a real Alertmanager and on ours must look the same from outside: alerts and groups as the
 * API shows them, and every notification. A few rounds by default; `TOCSIN_ROUNDS=300 TOCSIN_PEER=/path/to/alertmanager`
 * for a long run against any version, `TOCSIN_SEED=n` for one round.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { playRound } from '../compat/differential/play.js';
import { drawRound } from '../compat/differential/round.js';
import { DEBIANS, OURS, type Router, havePrograms, startRouter } from '../support/real-process.js';
import { type WebhookSink, openWebhookSink } from '../support/webhook-sink.js';

const peer = process.env['TOCSIN_PEER'];
const rounds = Number(process.env['TOCSIN_ROUNDS'] ?? 8);
const first = Number(process.env['TOCSIN_SEED'] ?? 1);
/** Debian's 0.25 has another order of label sets. */
const ordered = peer !== undefined;
const CONFIG = 'route: {receiver: none}\nreceivers: [{name: none}]\n';
const FLAGS = ['--web.external-url=http://am.example'];

const canRun = peer !== undefined || havePrograms('prometheus-alertmanager');

(canRun ? describe : describe.skip)('beside a real Alertmanager', () => {
  let sides: { router: Router; sink: WebhookSink }[];

  beforeAll(async () => {
    sides = await Promise.all(
      [OURS, peer === undefined ? DEBIANS : [peer]].map(async (command) => ({
        router: await startRouter(command, { config: CONFIG, flags: FLAGS }),
        sink: await openWebhookSink(),
      })),
    );
  }, 30_000);

  afterAll(async () => {
    await Promise.all((sides ?? []).map(async ({ router, sink }) => Promise.all([router.stop(), sink.close()])));
  });

  it.each(Array.from({ length: rounds }, (_, index) => first + index))(
    'round %d',
    async (seed) => {
      const round = drawRound(seed, new Date(), { newer: ordered });
      const [ours, theirs] = await Promise.all(
        sides.map(async ({ router, sink }) => playRound(round, router, sink, { ordered })),
      );
      expect(ours).toEqual(theirs);
    },
    20_000,
  );
});
