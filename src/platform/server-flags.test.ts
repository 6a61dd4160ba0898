import { describe, expect, it } from '@jest/globals';
import { SERVER_FLAGS, parseServerFlags, refuseOptions } from './server-flags.js';

describe('server flags', () => {
  it('has defaults', () => {
    const options = parseServerFlags([]);
    expect(options).toMatchObject({
      configFile: 'alertmanager.yml',
      storagePath: 'data/',
      retention: 120 * 3_600_000,
      listenAddresses: [':9093'],
      logLevel: 'info',
      clusterReconnectTimeout: 6 * 3_600_000,
    });
    expect(refuseOptions(options)).toBeUndefined();
  });

  it.each([
    ['--name=value', ['--config.file=a.yml'], { configFile: 'a.yml' }],
    ['--name value', ['--config.file', 'a.yml'], { configFile: 'a.yml' }],
    ['an empty value', ['--cluster.listen-address='], { clusterListenAddress: '' }],
    ['a switch', ['--log.silences'], { logSilences: true }],
    ['a switch turned off', ['--no-log.silences'], { logSilences: false }],
    ['a repeated flag', ['--web.listen-address=:1', '--web.listen-address=:2'], { listenAddresses: [':1', ':2'] }],
    ['days and weeks', ['--data.retention=1w2d'], { retention: 9 * 86_400_000 }],
    ['compound durations', ['--web.timeout=1m30.5s'], { webTimeout: 90_500 }],
    ['a number with a fraction', ['--web.get-concurrency=1.5'], { getConcurrency: 1 }],
  ])('reads %s', (_name, args, expected) => {
    expect(parseServerFlags(args)).toMatchObject(expected);
  });

  /** As Alertmanager says it, seen on the real program. */
  it.each([
    [['--foo'], "unknown long flag '--foo'"],
    [['-x'], "unknown short flag '-x'"],
    [['--no-config.file'], "unknown long flag '--no-config.file'"],
    [['--config.file'], "expected argument for flag '--config.file'"],
    [['--log.silences', '--no-log.silences'], "flag 'log.silences' cannot be repeated"],
    [['--config.file=a', '--config.file=b'], "flag 'config.file' cannot be repeated"],
    [['bar'], 'unexpected bar'],
    [['--log.silences=yes'], 'unexpected yes'],
    [['--data.retention=5x'], 'time: unknown unit "x" in duration "5x"'],
    [['--web.timeout=5'], 'time: missing unit in duration "5"'],
    [['--web.get-concurrency=a'], 'strconv.ParseFloat: parsing "a": invalid syntax'],
    [['--log.level=zzz'], 'unrecognized log level zzz'],
    [['--log.format=zzz'], 'unrecognized log format zzz'],
  ])('refuses %j', (args, message) => {
    expect(() => parseServerFlags(args)).toThrow(message);
  });

  it.each([
    ['--data.retention=0s', '--data.retention must be positive'],
    ['--dispatch.maintenance-interval=-1s', '--dispatch.maintenance-interval must be positive'],
    ['--cluster.probe-interval=0s', '--cluster.probe-interval must be positive'],
    ['--storage.path=', '--storage.path must not be empty'],
  ])('refuses %s', (arg, message) => {
    expect(refuseOptions(parseServerFlags([arg]))).toBe(message);
  });

  it('lets a router without cluster have any cluster times', () => {
    expect(
      refuseOptions(parseServerFlags(['--cluster.listen-address=', '--cluster.probe-interval=0s'])),
    ).toBeUndefined();
  });

  it('names every flag once', () => {
    const names = Object.values(SERVER_FLAGS).map((flag) => flag.name);
    expect(new Set(names).size).toBe(names.length);
  });
});
