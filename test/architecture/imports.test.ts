/** The rules about imports bite: each wrong import, put into a project of two files, is found by its rule. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { PROJECT, temporaryDirectory } from '../support/real-process.js';

const WRONG: readonly [rule: string, from: string, to: string][] = [
  ['domain-is-pure', 'domain/route/a.ts', 'engine/b.ts'],
  ['domain-is-pure', 'domain/route/a.ts', 'node:fs'],
  ['domain-is-pure', 'domain/route/a.ts', 'undici'],
  ['rim-is-low', 'platform/a.ts', 'engine/b.ts'],
  ['rim-is-low', 'config/a.ts', 'receivers/b.ts'],
  ['ports-are-low', 'storage/storage.ts', 'platform/b.ts'],
  ['adapters-apart', 'storage/log/a.ts', 'engine/b.ts'],
  ['receivers-apart', 'receivers/slack/a.ts', 'delivery/b.ts'],
  ['engine-apart', 'engine/a.ts', 'delivery/b.ts'],
  ['delivery-apart', 'delivery/a.ts', 'engine/b.ts'],
  ['api-apart', 'api/a.ts', 'cli/b.ts'],
  ['cli-apart', 'cli/a.ts', 'engine/b.ts'],
  ['nest-at-the-rim', 'engine/a.ts', '@nestjs/common'],
];

const RIGHT: readonly [from: string, to: string][] = [
  ['engine/a.ts', 'domain/b.ts'],
  ['api/v2/a.ts', 'engine/b.ts'],
  ['engine/engine.module.ts', '@nestjs/common'],
  ['domain/matcher/a.ts', 're2js'],
];

const isOurFile = (path: string): boolean => path.endsWith('.ts');

/** The same file may import wrongly in several ways: each import gets a file of its own, where its name is free. */
const numbered = (file: string, n: number): string => file.replace(/(^|\/)([ab])\.ts$/, `$1$2${n}.ts`);

/** One project with all these imports. Which rules each importing file breaks. */
function cruise(imports: readonly (readonly [from: string, to: string])[]): ReadonlyMap<string, readonly string[]> {
  const project = temporaryDirectory();
  try {
    for (const file of ['node_modules', '.dependency-cruiser.cjs', 'tsconfig.json', 'package.json'])
      symlinkSync(join(PROJECT, file), join(project, file));
    for (const [from, to] of imports) writeImport(project, from, to);
    const command = join(PROJECT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
    const args = [command, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src'];
    const { stdout } = spawnSync(process.execPath, args, { cwd: project, encoding: 'utf8' });
    const { summary } = JSON.parse(stdout) as { summary: { violations: { from: string; rule: { name: string } }[] } };
    const broken = new Map<string, string[]>();
    for (const { from, rule } of summary.violations) broken.set(from, [...(broken.get(from) ?? []), rule.name]);
    return broken;
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}

function writeImport(project: string, from: string, to: string): void {
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(project, 'src', file)), { recursive: true });
    writeFileSync(join(project, 'src', file), text);
  };
  const isOurs = isOurFile(to);
  if (isOurs) write(to, 'export const b = 1;\n');
  const path = isOurs ? `./${relative(dirname(from), to)}`.replace('./..', '..').replace(/\.ts$/, '.js') : to;
  write(from, `import * as b from '${path}';\nexport const a = b;\n`);
}

describe('rules about imports', () => {
  const wrong = WRONG.map(
    ([rule, from, to], n) => [rule, numbered(from, n), isOurFile(to) ? numbered(to, n) : to] as const,
  );
  const right = RIGHT.map(
    ([from, to], n) => [numbered(from, 100 + n), isOurFile(to) ? numbered(to, 100 + n) : to] as const,
  );
  let broken: ReadonlyMap<string, readonly string[]>;

  beforeAll(() => {
    broken = cruise([...wrong.map(([, from, to]) => [from, to] as const), ...right]);
  }, 30_000);

  it.each(wrong)('%s refuses that %s imports %s', (rule, from) => {
    expect(broken.get(`src/${from}`)).toContain(rule);
  });

  it.each(right)('let %s import %s', (from) => {
    expect(broken.get(`src/${from}`)).toBeUndefined();
  });
});
