/** SIGKILL at the worst moments: what was answered with 2xx is there after the start, and nobody is told twice over. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OURS, type Router, eventually, startRouter } from '../support/real-process.js';
import { type WebhookSink, openWebhookSink } from '../support/webhook-sink.js';

const config = (sink: string, { wait, interval }: { wait: string; interval: string }): string => `
route: {receiver: hook, group_by: [alertname], group_wait: ${wait}, group_interval: ${interval}, repeat_interval: 1h}
receivers:
  - name: hook
    webhook_configs: [{url: '${sink}/hook'}]
`;
const HEADERS = { 'content-type': 'application/json' };

async function post(router: Router, path: string, body: unknown): Promise<unknown> {
  const response = await fetch(`${router.url}/api/v2/${path}`, {
    method: 'POST',
    headers: HEADERS,
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${response.status}`);
  const text = await response.text();
  return text === '' ? undefined : JSON.parse(text);
}

const get = async <T>(router: Router, path: string): Promise<T> =>
  (await fetch(`${router.url}/api/v2/${path}`)).json() as Promise<T>;

const silence = (n: number): unknown => ({
  matchers: [{ name: 'n', value: String(n), isRegex: false, isEqual: true }],
  startsAt: '2026-01-01T00:00:00Z',
  endsAt: '2099-01-01T00:00:00Z',
  createdBy: 'test',
  comment: `silence ${n}`,
});
const alert = (name: string): unknown => ({ labels: { alertname: name }, endsAt: '2099-01-01T00:00:00Z' });

/** Everything that was sent is answered, and that it was is on disk. */
async function quiet(router: Router): Promise<void> {
  await eventually(async () => {
    const text = await (await fetch(`${router.url}/metrics`)).text();
    expect(text).toMatch(/^tocsin_deliveries_in_flight 0$/m);
    expect(text).toMatch(/^tocsin_deliveries_queued 0$/m);
    expect(text).toMatch(/^tocsin_storage_pending_commits 0$/m);
  });
}

describe('after SIGKILL', () => {
  let sink: WebhookSink;
  let router: Router;

  beforeAll(async () => {
    sink = await openWebhookSink();
    router = await startRouter(OURS, { config: config(sink.url, { wait: '50ms', interval: '10m' }) });
  }, 30_000);

  afterAll(async () => {
    await Promise.all([router?.stop(), sink?.close()]);
  });

  it('has every silence that was answered', async () => {
    const answered: string[] = [];
    const numbers = Array.from({ length: 2_000 }, (_, n) => n);
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let n = numbers.pop(); n !== undefined; n = numbers.pop())
          answered.push(((await post(router, 'silences', silence(n))) as { silenceID: string }).silenceID);
      }),
    );
    await router.restart('SIGKILL');
    const kept = await get<{ id: string }[]>(router, 'silences');
    expect(new Set(kept.map(({ id }) => id))).toEqual(new Set(answered));
  }, 60_000);

  it('keeps alerts and does not tell again what was told', async () => {
    const names = Array.from({ length: 30 }, (_, n) => `Told${n}`);
    await post(router, 'alerts', names.map(alert));
    await eventually(async () => expect(sink.received).toHaveLength(30));
    await quiet(router);
    await router.restart('SIGKILL');
    expect((await get<unknown[]>(router, 'alerts')).length).toBe(30);
    // Senders come back and say the same again, as Prometheus does.
    await post(router, 'alerts', names.map(alert));
    await post(router, 'alerts', [alert('After')]);
    await eventually(async () => expect(sink.received.length).toBeGreaterThan(30));
    expect(sink.received.slice(30).map(({ body }) => body.groupLabels['alertname'])).toEqual(['After']);
    await quiet(router);
  }, 60_000);

  it('goes on with a group that had not been flushed yet', async () => {
    router.writeConfig(config(sink.url, { wait: '1500ms', interval: '10m' }));
    expect((await router.reload()).status).toBe(200);
    sink.clear();
    await post(router, 'alerts', [alert('Waiting')]);
    await router.restart('SIGKILL');
    await eventually(async () =>
      expect(sink.received.map(({ body }) => body.groupLabels['alertname'])).toEqual(['Waiting']),
    );
  }, 30_000);
});

describe('SIGKILL at random moments under load', () => {
  it('loses nothing that was answered and tells nobody more than once too often', async () => {
    const sink = await openWebhookSink();
    const router = await startRouter(OURS, { config: config(sink.url, { wait: '20ms', interval: '10m' }) });
    const answered = new Set<string>();
    let next = 0;
    const load = new AbortController();
    const workers = Array.from({ length: 4 }, async () => {
      while (!load.signal.aborted) {
        const first = next;
        next += 5;
        const names = Array.from({ length: 5 }, (_, n) => `Load${first + n}`);
        try {
          await post(router, 'alerts', names.map(alert));
          names.forEach((name) => answered.add(name));
        } catch {
          // Killed in between: not answered, so nothing was promised. Give the new process a moment.
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      }
    });
    const kills = 4;
    for (let kill = 0; kill < kills; kill++) {
      await new Promise((resolve) => setTimeout(resolve, 150 + 137 * kill));
      await router.restart('SIGKILL');
    }
    load.abort();
    await Promise.all(workers);

    const told = (): Map<string, number> => {
      const counts = new Map<string, number>();
      for (const { body } of sink.received)
        counts.set(body.groupLabels['alertname'] ?? '', (counts.get(body.groupLabels['alertname'] ?? '') ?? 0) + 1);
      return counts;
    };
    await eventually(async () => expect([...answered].filter((name) => !told().has(name))).toEqual([]), 30);
    const alive = new Set(
      (await get<{ labels: Record<string, string> }[]>(router, 'alerts')).map(({ labels }) => labels['alertname']),
    );
    expect([...answered].filter((name) => !alive.has(name))).toEqual([]);
    expect([...told()].filter(([, count]) => count > 1 + kills)).toEqual([]);
    const duplicates = [...told().values()].filter((count) => count > 1).length;
    expect(duplicates).toBeLessThan(answered.size / 2);
    await Promise.all([router.stop(), sink.close()]);
  }, 120_000);
});
