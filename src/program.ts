/**
 * `tocsin` with flags is the server, `tocsin <command>` one of the tools. Here are flags, signals and exit codes;
 * what the server is made of stands in router.ts.
 */
import { readFileSync } from 'node:fs';
import { duration } from './domain/time/index.js';
import { FlagError, expandFiles } from './platform/command-line/index.js';
import { systemClock } from './platform/clock.js';
import { type Features, parseFeatures } from './platform/features.js';
import { describeFileError } from './platform/file-error.js';
import { systemIds } from './platform/ids.js';
import { leave } from './platform/leave.js';
import { LineWriter } from './platform/line-writer.js';
import { growWithTheLoad } from './platform/runtime-settings.js';
import { type Logger, createLogger, errorText } from './platform/log.js';
import { type ServerOptions, parseServerFlags, refuseOptions, serverUsage } from './platform/server-flags.js';
import { isToolLine, processIo, programName, runTool } from './cli/main.js';
import { VERSION, versionText } from './platform/version.js';

async function main(args: readonly string[]): Promise<void> {
  const options = readOptions(args);
  if (options.help) return void process.stdout.write(serverUsage());
  if (options.version) return void process.stdout.write(versionText());

  const lines = new LineWriter(process.stderr);
  const { logLevel: level, logFormat: format } = options;
  const log = createLogger({ level, format, clock: systemClock, write: lines.write });
  lines.onLoss = (count) => log.warn('Lines of the log were lost, since nobody read them', { count });
  log.info('Starting Tocsin', { version: VERSION, node: process.versions.node });
  const features = readFeatures(options, log);
  explainFlags(options, log);
  await serve(options, features, log);
}

/** Whoever waited for the router comes first. */
const REHEARSAL_AFTER = duration(100);

async function serve(options: ServerOptions, features: Features, log: Logger): Promise<void> {
  const refused = refuseOptions(options);
  if (refused !== undefined) return giveUp(log, refused);
  try {
    // Loaded late, so that a wrong flag or --version is answered at once.
    const { startRouter } = await import('./router.js');
    const router = await startRouter(options, features, { clock: systemClock, ids: systemIds, log });
    growWithTheLoad();
    for (const address of router.addresses) log.info('Listening on', { address });
    if (options.rehearsal) systemClock.after(REHEARSAL_AFTER, () => void router.rehearse());
    process.on('SIGHUP', () => void router.reload());
    const stop = (): void => {
      log.info('Received shutdown signal, exiting gracefully...');
      router.stop().then(
        () => leave(),
        (error: unknown) => giveUp(log, errorText(error)),
      );
    };
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
  } catch (error) {
    giveUp(log, errorText(error));
  }
}

function readOptions(args: readonly string[]): ServerOptions {
  try {
    return parseServerFlags(expandFiles(args, readArguments));
  } catch (error) {
    if (!(error instanceof FlagError)) throw error;
    process.stderr.write(`tocsin: error: ${error.message}, try --help\n`);
    return process.exit(1);
  }
}

function readArguments(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new FlagError(`failed to open arguments file ${JSON.stringify(path)}: ${describeFileError(error, path)}`);
  }
}

function readFeatures({ features }: ServerOptions, log: Logger): Features {
  try {
    const parsed = parseFeatures(features);
    for (const name of parsed.enabled) log.warn('Experimental feature enabled', { feature: name });
    return parsed;
  } catch (error) {
    log.error('error parsing the feature flag list', { err: errorText(error) });
    return process.exit(1);
  }
}

/** What is accepted for Alertmanager's sake but does nothing here must not pass for working. */
function explainFlags(options: ServerOptions, log: Logger): void {
  if (options.clusterPeers.length > 0)
    log.warn('--cluster.peer has no effect: this router does not gossip and shares no state with other nodes', {
      peers: options.clusterPeers.join(','),
    });
  else if (options.clusterListenAddress !== '')
    log.info('--cluster.* flags have no effect: this router runs as a single node', { component: 'cluster' });
}

function giveUp(log: Logger, err: string): never {
  log.error('exited with error', { err });
  return process.exit(1);
}

const args = process.argv.slice(2);
// Nothing is awaited at the top: a script, which the bundle is, may not.
if (isToolLine(args, programName(process.argv[1])))
  void runTool(args, processIo()).then((code) => (process.exitCode = code));
else void main(args);
