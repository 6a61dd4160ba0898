/** docker-compose.yml and the Dockerfile: what can be said about them without a container engine. */
import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

import { loadConfig } from '../../src/config/index.js';
import { parseServerFlags, refuseOptions } from '../../src/platform/server-flags.js';
import { RECEIVERS } from '../../src/receivers/registry.js';
import { mountedFile, mountsOf, readCompose } from '../support/compose.js';
import { PROJECT } from '../support/real-process.js';

const { services, volumes } = readCompose();
const tocsin = services['tocsin']!;
const prometheus = services['prometheus']!;
const options = parseServerFlags(tocsin.command ?? []);

/** `http://host:port/path` or `host:port`, wherever they stand in a configuration. */
const hostsIn = (text: string): readonly string[] =>
  [...text.matchAll(/([a-z][a-z-]+):\d{2,5}\b/g)].map(([, host]) => host!);

describe('docker-compose.yml', () => {
  it.each(Object.entries(services))('%s runs an image of one version', (_name, { image, build }) => {
    expect(image).toMatch(/^[a-z/-]+:v?\d+\.\d+(\.\d+)?$/);
    if (build !== undefined) expect(existsSync(join(PROJECT, build, 'Dockerfile'))).toBe(true);
  });

  it('gives each port of the host to one service', () => {
    const ports = Object.values(services).flatMap(({ ports = [] }) => ports.map((port) => port.split(':')[0]));
    expect(new Set(ports).size).toBe(ports.length);
  });

  it('mounts what is there', () => {
    for (const { source, isOurs } of Object.values(services).flatMap(mountsOf))
      expect([source, isOurs ? existsSync(join(PROJECT, source)) : source in volumes]).toEqual([source, true]);
  });

  it('starts the router with flags that exist, a configuration that loads and state on a volume', () => {
    expect(refuseOptions(options)).toBeUndefined();
    const text = readFileSync(mountedFile(tocsin, options.configFile), 'utf8');
    expect(loadConfig(text, { registry: RECEIVERS })).toMatchObject({ ok: true });
    expect(mountsOf(tocsin)).toContainEqual({ source: 'state', target: options.storagePath, isOurs: false });
  });

  it('lets the router write to nothing else', () => {
    expect(tocsin).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
  });

  it.each([
    ['the router', mountedFile(tocsin, options.configFile)],
    ['Prometheus', mountedFile(prometheus, '/etc/prometheus/prometheus.yml')],
  ])('%s speaks to services that are there', (_name, file) => {
    const hosts = hostsIn(readFileSync(file, 'utf8')).filter((host) => host !== 'localhost');
    expect(hosts.length).toBeGreaterThan(0);
    expect(Object.keys(services)).toEqual(expect.arrayContaining([...hosts]));
  });

  it('gives Prometheus all the rules that it names', () => {
    const file = mountedFile(prometheus, '/etc/prometheus/prometheus.yml');
    const { rule_files: rules } = parse(readFileSync(file, 'utf8')) as { readonly rule_files: readonly string[] };
    for (const rule of rules)
      expect([rule, existsSync(mountedFile(prometheus, `/etc/prometheus/${rule}`))]).toEqual([rule, true]);
  });
});

describe('the Dockerfile', () => {
  const lines = readFileSync(join(PROJECT, 'Dockerfile'), 'utf8')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n');
  const after = (instruction: string): readonly string[] =>
    lines.filter((line) => line.startsWith(`${instruction} `)).map((line) => line.slice(instruction.length + 1));
  const ignored = readFileSync(join(PROJECT, '.dockerignore'), 'utf8').trim().split('\n');

  it('copies what is there and is not kept from it', () => {
    const sources = after('COPY')
      .filter((copy) => !copy.startsWith('--from'))
      .flatMap((copy) => copy.split(' ').slice(0, -1));
    expect(sources.length).toBeGreaterThan(3);
    for (const source of sources) {
      expect([source, existsSync(join(PROJECT, source))]).toEqual([source, true]);
      expect(ignored).toContain(`!${source.split('/')[0]}`);
    }
    expect(ignored[0]).toBe('*');
  });

  it('builds in one stage and runs in another, of one version each', () => {
    const stages = after('FROM');
    expect(stages).toHaveLength(2);
    for (const stage of stages) expect(stage).toMatch(/^node:\d+-[a-z]+-slim/);
  });

  it('runs as a user whose number says that he is not root, as Kubernetes wants to see it', () => {
    expect(after('USER')).toEqual(['1000:1000']);
  });

  it('starts with flags that exist, and says whether it is well', () => {
    const [flags = '[]'] = after('CMD');
    expect(refuseOptions(parseServerFlags(JSON.parse(flags) as string[]))).toBeUndefined();
    expect(after('ENTRYPOINT')).toEqual(['["/bin/tocsin"]']);
    expect(after('HEALTHCHECK')[0]).toContain('/-/healthy');
  });

  it.each(['tocsin', 'alertmanager', 'amtool'])('has it as /bin/%s, too', (name) => {
    expect(after('RUN').join()).toContain(`ln -s /app/dist/main.js /bin/${name}`);
  });
});
