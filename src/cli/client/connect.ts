/** From the global flags to a router that can be asked. */
import { COMPATIBLE_VERSION } from '../../platform/version.js';
import type { GlobalValues } from '../global-flags.js';
import { ToolError } from '../tool-error.js';
import type { ToolIo } from '../tool-io.js';
import { parseAddress } from './address.js';
import { Alertmanager } from './alertmanager.js';
import { type Transport, createTransport } from './transport.js';

export async function connect(settings: GlobalValues, io: ToolIo): Promise<Alertmanager> {
  const { url, httpConfigFile, timeout, versionCheck, verbose } = settings;
  const address = parseAddress(url);
  if (address.authorization !== undefined && httpConfigFile !== '')
    throw new ToolError('basic authentication and http.config.file are mutually exclusive');
  const full = async (): Promise<Transport> =>
    (await import('./full-transport.js')).createFullTransport(httpConfigFile, io);
  const needsFull = httpConfigFile !== '' || hasProxy(io.environment);
  const router = new Alertmanager({
    address,
    transport: needsFull ? await full() : createTransport(address.base, full),
    clock: io.clock,
    timeoutMs: timeout,
    trace: verbose ? (line) => io.err(`${line}\n`) : () => {},
  });
  if (versionCheck) await checkVersion(router, io);
  return router;
}

const PROXY_VARIABLES = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy'];

const hasProxy = (environment: ToolIo['environment']): boolean =>
  PROXY_VARIABLES.some((name) => (environment[name] ?? '') !== '');

/** A router that cannot be asked or does not know its version is not worth a word: the command itself will tell. */
async function checkVersion(router: Alertmanager, io: ToolIo): Promise<void> {
  let version: string | undefined;
  try {
    version = (await router.status()).versionInfo.get('version');
  } catch (error) {
    if (error instanceof ToolError) return;
    throw error;
  }
  if (!version || minorOf(version) === minorOf(COMPATIBLE_VERSION)) return;
  io.err(
    `Warning: ${io.program} version (${COMPATIBLE_VERSION}) and alertmanager version (${version}) are different.\n`,
  );
}

const minorOf = (version: string): string => version.split('.', 2).join('.');
