/** Debian's amtool as the client: what people have in their scripts goes on working. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OURS, type Router, havePrograms, startRouter } from '../support/real-process.js';

const CONFIG = `
route:
  receiver: default
  group_by: [alertname]
  routes:
    - matchers: ['team="db"']
      receiver: db
      continue: true
    - matchers: ['severity=~"critical|page"']
      receiver: pager
receivers:
  - name: default
  - name: db
  - name: pager
`;

(havePrograms('amtool') ? describe : describe.skip)('amtool', () => {
  let router: Router;

  beforeAll(async () => {
    router = await startRouter(OURS, { config: CONFIG });
  }, 30_000);

  afterAll(async () => {
    await router?.stop();
  });

  const run = (...args: readonly string[]): { status: number | null; stdout: string; stderr: string } => {
    const all = [`--alertmanager.url=${router.url}`, '--no-version-check', ...args];
    const { status, stdout, stderr } = spawnSync('amtool', all, { encoding: 'utf8' });
    return { status, stdout, stderr };
  };
  const succeed = (...args: readonly string[]): string => {
    const { status, stdout, stderr } = run(...args);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    return stdout.trim();
  };

  it('adds alerts and finds them again', () => {
    succeed('alert', 'add', 'alertname=Disk', 'team=db', 'severity=warn', '--annotation=summary=almost full');
    succeed('alert', 'add', 'Cpu', 'team=web');
    expect(succeed('alert', 'query', 'Disk')).toMatch(/^Alertname.*\nDisk .*almost full\s+active$/);
    expect(succeed('alert', 'query', 'team="web"', '-o', 'json')).toContain('"alertname":"Cpu"');
    expect(succeed('alert', 'query', 'team=~"x.*"').split('\n')).toHaveLength(1);
    expect(succeed('alert', 'query', '--receiver=db', '-o', 'extended')).toContain('alertname="Disk"');
  });

  it('makes, lists, changes and expires silences', () => {
    const id = succeed('silence', 'add', 'alertname=Disk', 'team=~"d.*"', '-c', 'maintenance', '-a', 'ann', '-d', '1h');
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(succeed('silence', 'query', 'alertname=Disk', '-q')).toBe(id);
    expect(succeed('silence', 'query')).toMatch(/alertname="Disk" team=~"d\.\*".*ann\s+maintenance/);
    expect(succeed('alert', 'query', '--silenced', 'Disk')).toContain('suppressed');
    // Of 0.25, `update` prints the silence; the change of the comment alone keeps the id.
    expect(succeed('silence', 'update', id, '-c', 'longer maintenance')).toContain('longer maintenance');
    expect(succeed('silence', 'query', '-q')).toBe(id);
    succeed('silence', 'expire', id);
    expect(succeed('silence', 'query', '-q')).toBe('');
    expect(succeed('silence', 'query', '--expired', '-q')).toBe(id);
  });

  it('exports and imports silences', () => {
    succeed('silence', 'add', 'alertname=Export', '-c', 'one');
    const exported = succeed('silence', 'query', 'alertname=Export', '-o', 'json');
    const file = join(router.directory, 'silences.json');
    writeFileSync(file, exported);
    const imported = succeed('silence', 'import', '--force', file);
    expect(imported).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.parse(exported)).toMatchObject([{ comment: 'one' }]);
    expect(exported).not.toContain(imported);
  });

  it('shows configuration, routes and the cluster', () => {
    expect(succeed('config', 'show')).toContain('receiver: default');
    // An older amtool does not know the newer settings that the server prints with their defaults.
    const file = `--config.file=${join(router.directory, 'alertmanager.yml')}`;
    // It warns that the file beats the server.
    const routes = (...args: readonly string[]): string => run('config', 'routes', ...args, file).stdout.trim();
    expect(routes('show')).toContain('{severity=~"critical|page"}  receiver: pager');
    expect(routes('test', 'team=db', 'severity=critical')).toBe('db,pager');
    expect(routes('test', 'team=web')).toBe('default');
    expect(succeed('cluster', 'show')).toMatch(/^Cluster Status:\s+disabled/);
  });

  it.each([
    ['an unknown silence', ['silence', 'expire', '2b1a9b8e-0000-4000-8000-000000000000'], '404'],
    ['a bad filter', ['alert', 'query', 'b=c', 'a=~('], 'error parsing regexp'],
    ['a silence for everything', ['silence', 'add', 'a=~".*"', '-c', 'x'], '400'],
  ])('is told about %s', (_name, args, text) => {
    const { status, stderr } = run(...args);
    expect(status).toBe(1);
    expect(stderr).toContain(text);
  });
});
