/** The dashboard asks for series that the router has, in queries that Prometheus understands. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import {
  OURS,
  PROJECT,
  type Router,
  type RunningProcess,
  eventually,
  freePort,
  havePrograms,
  startProcess,
  startRouter,
  temporaryDirectory,
} from '../support/real-process.js';

interface Dashboard {
  readonly panels: readonly { readonly title: string; readonly targets?: readonly { readonly expr: string }[] }[];
}

const dashboard = JSON.parse(readFileSync(join(PROJECT, 'config', 'grafana', 'tocsin.json'), 'utf8')) as Dashboard;
const queries = dashboard.panels.flatMap(({ title, targets = [] }) =>
  targets.map(({ expr }): [string, string] => [title, expr]),
);

describe('each query of the dashboard', () => {
  let router: Router;
  let names: ReadonlySet<string>;

  beforeAll(async () => {
    router = await startRouter(OURS, { config: 'route: {receiver: none}\nreceivers: [{name: none}]\n' });
    const text = await (await fetch(`${router.url}/metrics`)).text();
    names = new Set([...text.matchAll(/^(\w+)[{ ]/gm)].map((match) => match[1] ?? ''));
  }, 30_000);

  afterAll(async () => router?.stop());

  it.each(queries)('%s asks for what is there: %s', async (_title, query) => {
    const asked = query.match(/\b(?:alertmanager|tocsin|process|nodejs)_\w+/g) ?? [];
    expect(asked).not.toEqual([]);
    expect(asked.filter((name) => !names.has(name))).toEqual([]);
  });
});

(havePrograms('prometheus') ? describe : describe.skip)('Prometheus', () => {
  const directory = temporaryDirectory();
  let prometheus: RunningProcess;
  let url: string;

  beforeAll(async () => {
    url = `http://127.0.0.1:${await freePort()}`;
    writeFileSync(join(directory, 'prometheus.yml'), '');
    prometheus = startProcess(
      'prometheus',
      ['--config.file=prometheus.yml', '--storage.tsdb.path=tsdb', `--web.listen-address=${url.slice(7)}`],
      directory,
    );
    await eventually(async () => expect((await fetch(`${url}/-/ready`)).status).toBe(200));
  }, 30_000);

  afterAll(async () => {
    await prometheus?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it.each(queries)('understands %s: %s', async (_title, query) => {
    // What Grafana puts in.
    const filled = query.replaceAll('$__rate_interval', '1m').replaceAll(/\$(?:job|instance)/g, '.+');
    const answer = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(filled)}`);
    expect(await answer.json()).toMatchObject({ status: 'success' });
  });
});
