/** Plays all variants at once on one router: one configuration, one receiver and one route for each. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { temporaryDirectory, startRouter } from '../../support/real-process.js';
import { tlsFile } from '../../support/loopback.js';
import { type MailServer, startMailServer } from './mail-server.js';
import { type Observation, describeConversation, describeRequest, failureIn, metricsOf } from './observe.js';
import { type Provider, startProvider } from './provider.js';
import {
  type PostedAlert,
  GROUP_WAIT_SECONDS,
  INTERVAL_SECONDS,
  OVER_AFTER_SECONDS,
  POSTS_AFTER_SECONDS,
  alertsOf,
} from './stories.js';
import type { Variant } from './variant.js';

const FLAGS = [
  '--web.external-url=http://am.example/',
  '--enable-feature=receiver-name-in-metrics',
  '--log.level=info',
];

export async function playVariants(
  command: readonly string[],
  variants: readonly Variant[],
  begin: Promise<Date>,
): Promise<ReadonlyMap<string, Observation>> {
  const provider = await startProvider(variants);
  const mails = new Map<string, MailServer>();
  for (const variant of variants)
    if (variant.kind === 'email') mails.set(variant.id, await startMailServer(variant.mail));
  const files = temporaryDirectory();
  const ids = variants.map(({ id }) => id);
  const place = new Place(provider, mails, files, ids);
  const router = await startRouter(command, {
    config: configOf(variants, place),
    flags: FLAGS,
    env: { TZ: 'UTC', AWS_EC2_METADATA_DISABLED: 'true', HTTP_PROXY: '', HTTPS_PROXY: '', NO_PROXY: '' },
  });
  try {
    const now = await begin;
    const start = performance.now() - (Date.now() - now.getTime());
    for (const [post, afterSeconds] of POSTS_AFTER_SECONDS.entries()) {
      await sleep(Math.max(0, start + afterSeconds * 1_000 - performance.now()));
      const at = new Date(now.getTime() + afterSeconds * 1_000);
      const posts = variants.map(({ id, story }) => alertsOf(id, story, post, at));
      // The large ones last, so that they hold up nobody.
      const [small, large] = [posts.filter(({ length }) => length < 3), posts.filter(({ length }) => length >= 3)];
      for (const alerts of [small.flat(), ...large]) await postAlerts(router.url, alerts);
    }
    await sleep(Math.max(0, start + OVER_AFTER_SECONDS * 1_000 - performance.now()));
    const log = router.process.output();
    const exposition = await (await fetch(`${router.url}/metrics`)).text();
    return new Map(variants.map((variant) => [variant.id, observe(variant, place, log, exposition)]));
  } finally {
    await router.stop();
    await Promise.all([provider.close(), ...[...mails.values()].map((mail) => mail.close())]);
  }
}

async function postAlerts(url: string, alerts: readonly PostedAlert[]): Promise<void> {
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch(`${url}/api/v2/alerts`, { method: 'POST', headers, body: JSON.stringify(alerts) });
  if (!response.ok) throw new Error(`POST alerts: ${response.status} ${await response.text()}`);
}

/** Where the words of a variant's settings lead on this side. */
class Place {
  constructor(
    readonly provider: Provider,
    readonly mails: ReadonlyMap<string, MailServer>,
    private readonly files: string,
    private readonly ids: readonly string[],
  ) {}

  fill(text: string, { id }: Variant): string {
    const { port, securePort } = this.provider;
    return text
      .replaceAll('FAKE', `http://127.0.0.1:${port}/${id}`)
      .replaceAll('SECUREHOST', `127.0.0.1:${securePort}`)
      .replaceAll('SECURE', `https://127.0.0.1:${securePort}/${id}`)
      .replaceAll('PROXY', `http://${id}:pw@127.0.0.1:${port}`)
      .replaceAll('HOST/ID', `127.0.0.1:${port}/${id}`)
      .replaceAll("'MAIL'", `'127.0.0.1:${this.mails.get(id)?.port ?? 0}'`)
      .replaceAll('FILES', this.#folder(id))
      .replaceAll('TLS/', tlsFile(''));
  }

  write(variant: Variant): void {
    mkdirSync(this.#folder(variant.id));
    for (const [name, text] of Object.entries(variant.files))
      writeFileSync(join(this.#folder(variant.id), name), this.fill(text, variant));
  }

  /** Not by its name, which stands in URLs, where it is a secret. */
  #folder(id: string): string {
    return join(this.files, String(this.ids.indexOf(id)));
  }

  /** The other way round. */
  clear(text: string, { id }: Variant): string {
    const { port, securePort } = this.provider;
    return text
      .replaceAll(this.files, 'FILES')
      .replaceAll(
        new RegExp(`127\\.0\\.0\\.1:(${port}|${securePort}|${this.mails.get(id)?.port ?? port})\\b`, 'g'),
        'HOST',
      )
      .replaceAll(/127\.0\.0\.1:\d{5}->/g, 'CLIENT->');
  }
}

function configOf(variants: readonly Variant[], place: Place): string {
  for (const variant of variants) place.write(variant);
  return [
    'global: {resolve_timeout: 1h}',
    'route:',
    '  receiver: nobody',
    "  group_by: ['alertname', 'variant']",
    `  group_wait: ${GROUP_WAIT_SECONDS}s`,
    '  repeat_interval: 1h',
    '  routes:',
    ...variants.flatMap(({ id, story }) => [
      `    - matchers: ['variant="${id}"']`,
      `      receiver: ${id}`,
      `      group_interval: ${INTERVAL_SECONDS[story]}s`,
    ]),
    'receivers:',
    '  - name: nobody',
    ...variants.flatMap((variant) => [
      `  - name: ${variant.id}`,
      `    ${variant.kind}_configs:`,
      '      -',
      ...place
        .fill(variant.settings, variant)
        .split('\n')
        .map((line) => `        ${line}`),
    ]),
    '',
  ].join('\n');
}

function observe(variant: Variant, place: Place, log: string, exposition: string): Observation {
  const received = (place.provider.received.get(variant.id) ?? []).map((one) =>
    place.clear(describeRequest(variant, one), variant),
  );
  const conversations = (place.mails.get(variant.id)?.conversations ?? []).map((lines) =>
    place.clear(describeConversation(lines), variant),
  );
  // How often the hopeless were tried is chance.
  const once = (all: readonly string[]): readonly string[] => (variant.story === 'hopeless' ? [...new Set(all)] : all);
  return {
    requests: once(received),
    mails: once(conversations),
    failure: place.clear(failureIn(log, variant), variant),
    metrics: variant.story === 'hopeless' ? [] : metricsOf(exposition, variant),
  };
}
