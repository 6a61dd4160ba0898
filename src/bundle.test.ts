import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BUNDLE_FILE, CACHE_FILE, bundleScript } from './bundle.js';

const SOURCE = `(function (exports, require, module, __filename, __dirname) {
  require('node:fs').writeFileSync(__dirname + '/ran', require('node:path').basename(__filename));
})`;

describe('the program as one script', () => {
  let directory = '';
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'tocsin-bundle-'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));
  const folder = () => pathToFileURL(`${directory}/`);
  const put = (name: string, content: string | Buffer) => writeFileSync(join(directory, name), content);
  const ran = (): string => {
    bundleScript(folder())?.run();
    return readFileSync(join(directory, 'ran'), 'utf8');
  };

  it('is not there before the build', () => expect(bundleScript(folder())).toBeUndefined());

  it('runs with what every module of Node has', () => {
    put(BUNDLE_FILE, SOURCE);
    expect(ran()).toBe(BUNDLE_FILE);
  });

  it('takes what was compiled before', () => {
    put(BUNDLE_FILE, SOURCE);
    put(CACHE_FILE, bundleScript(folder())?.script.createCachedData() ?? '');
    expect(bundleScript(folder())?.script.cachedDataRejected).toBe(false);
    expect(ran()).toBe(BUNDLE_FILE);
  });

  it('runs all the same when the engine refuses it', () => {
    put(BUNDLE_FILE, SOURCE);
    put(CACHE_FILE, Buffer.from('made by another engine'));
    expect(bundleScript(folder())?.script.cachedDataRejected).toBe(true);
    expect(ran()).toBe(BUNDLE_FILE);
  });
});
