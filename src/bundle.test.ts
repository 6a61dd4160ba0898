import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BUNDLE_FILE, cacheFile, openBundle } from './bundle.js';

const SOURCE = `(function (exports, require, module, __filename, __dirname) {
  require('node:fs').writeFileSync(__dirname + '/ran', require('node:path').basename(__filename));
})`;

describe('the program as a few scripts', () => {
  let directory = '';
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'tocsin-bundle-'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));
  const folder = () => pathToFileURL(`${directory}/`);
  const put = (name: string, content: string | Buffer) => writeFileSync(join(directory, name), content);
  const run = () => {
    const bundle = openBundle(folder());
    bundle?.run();
    return bundle?.scripts;
  };
  const ran = (): string => readFileSync(join(directory, 'ran'), 'utf8');

  it('is not there before the build', () => expect(openBundle(folder())).toBeUndefined());

  it('runs with what every module of Node has', () => {
    put(BUNDLE_FILE, SOURCE);
    run();
    expect(ran()).toBe(BUNDLE_FILE);
  });

  it('loads the other scripts when they are asked for, each once', () => {
    const wrap = (body: string) => `(function (exports, require, module) { ${body} })`;
    put(BUNDLE_FILE, wrap(`exports.first = 1; require('./one.cjs'); require('./one.cjs');`));
    put(
      'one.cjs',
      wrap(
        `require('node:fs').appendFileSync('${join(directory, 'ran')}', 'one ' + require('./${BUNDLE_FILE}').first);`,
      ),
    );
    put('two.cjs', wrap('throw new Error("nobody asked");'));
    expect([...(run()?.keys() ?? [])]).toEqual([BUNDLE_FILE, 'one.cjs']);
    expect(ran()).toBe('one 1');
  });

  it('takes what was compiled before', () => {
    put(BUNDLE_FILE, SOURCE);
    put(cacheFile(BUNDLE_FILE), run()?.get(BUNDLE_FILE)?.createCachedData() ?? '');
    expect(run()?.get(BUNDLE_FILE)?.cachedDataRejected).toBe(false);
    expect(ran()).toBe(BUNDLE_FILE);
  });

  it('runs all the same when the engine refuses it', () => {
    put(BUNDLE_FILE, SOURCE);
    put(cacheFile(BUNDLE_FILE), Buffer.from('made by another engine'));
    expect(run()?.get(BUNDLE_FILE)?.cachedDataRejected).toBe(true);
    expect(ran()).toBe(BUNDLE_FILE);
  });
});
