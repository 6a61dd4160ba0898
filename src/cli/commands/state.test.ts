import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failure, tool } from '../../../test/support/canned-router.js';

/** One entry: the group `g`, told to `r/webhook[0]` for ever. */
const NFLOG = Buffer.concat([
  Buffer.from([0x1f, 0x0a, 0x15, 0x0a, 0x01, 0x67, 0x12, 0x0c, 0x0a, 0x01, 0x72, 0x12, 0x07]),
  Buffer.from('webhook'),
  Buffer.from([0x2a, 0x02, 0x08, 0x01, 0x12, 0x06, 0x08, 0x80, 0xf0, 0xd3, 0xbe, 0x7f]),
]);

describe('state export', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tocsin-export-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  const at = (name: string): string => join(root, name);
  const exportTo = (to: string, ...more: readonly string[]) =>
    tool(['state', 'export', `--storage.path=${at('state')}`, `--to=${at(to)}`, ...more]);

  it('writes both files, also where there is no directory yet', async () => {
    mkdirSync(at('state'));
    writeFileSync(at('state/nflog'), NFLOG);
    const { out, err, code } = await exportTo('new/place');
    expect({ err, code }).toEqual({ err: '', code: 0 });
    expect(out).toBe(`Wrote 0 silences and 1 log entries to ${at('new/place')}\n`);
    expect(readFileSync(at('new/place/nflog')).includes('webhook')).toBe(true);
    expect(readFileSync(at('new/place/silences'))).toHaveLength(0);
  });

  it('says when there is nothing to write', async () => {
    mkdirSync(at('state'));
    const { err, code } = await exportTo('to');
    expect({ err, code }).toEqual({
      err: `Warning: ${at('state')} holds neither silences nor log entries\n`,
      code: 0,
    });
  });

  it('writes over nothing unless it is told to', async () => {
    mkdirSync(at('state'));
    mkdirSync(at('to'));
    writeFileSync(at('to/silences'), 'theirs');
    expect(await exportTo('to')).toEqual(
      failure(`${at('to')} has silences already; --replace writes over what is there`),
    );
    expect(readFileSync(at('to/silences'), 'utf8')).toBe('theirs');
    expect(await exportTo('to', '--replace')).toMatchObject({ code: 0 });
    expect(readFileSync(at('to/silences'))).toHaveLength(0);
  });

  it('makes no directory where there was no router', async () => {
    expect(await exportTo('to')).toEqual(failure(`there is no directory ${at('state')}`));
    expect(existsSync(at('state'))).toBe(false);
  });

  it('says what keeps it from writing', async () => {
    mkdirSync(at('state'));
    writeFileSync(at('file'), '');
    const { err, code } = await exportTo('file/below');
    expect([err.includes('ENOTDIR'), code]).toEqual([true, 1]);
  });
});
