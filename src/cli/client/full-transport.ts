/** Requests by the program's own HTTP client: TLS, proxies, credentials from files, redirects. Loaded when it is needed. */
import { dirname, isAbsolute, join } from 'node:path';
import { readConfigFile } from '../../config/index.js';
import { type HttpConfig, httpConfigSchema } from '../../config/http-config.js';
import { Decoder, DecodingStopped, REFUSED } from '../../config/schema/index.js';
import { parseYaml } from '../../config/yaml/parse.js';
import { type Issue, type Result, failed, formatIssue, ok } from '../../domain/issue/index.js';
import { createHttpClientFactory } from '../../platform/http-client/index.js';
import { COMPATIBLE_VERSION, VERSION } from '../../platform/version.js';
import { ToolError } from '../tool-error.js';
import type { ToolIo } from '../tool-io.js';
import type { Transport } from './transport.js';

const RESPONSE_LIMIT_BYTES = 2 ** 30;

/** Without a file: what the environment says about proxies, and nothing else. */
export function createFullTransport(configFile: string, io: ToolIo): Transport {
  const factory = createHttpClientFactory({
    clock: io.clock,
    ids: io.ids,
    version: COMPATIBLE_VERSION,
    environment: io.environment,
  });
  const settings = configFile === '' ? { proxyFromEnvironment: true } : loadHttpConfig(configFile);
  let client: ReturnType<typeof factory.client>;
  try {
    client = factory.client(settings, { userAgent: `tocsin/${VERSION}` });
  } catch (error) {
    throw new ToolError(`failed to create a new HTTP client: ${(error as Error).message}`, { cause: error });
  }
  return {
    send: (request) => client.request({ ...request, responseLimitBytes: RESPONSE_LIMIT_BYTES }),
    async close() {
      await client.close();
      factory.close();
    },
  };
}

function loadHttpConfig(file: string): HttpConfig {
  const read = readConfigFile(file);
  const loaded = read.ok ? decodeHttpConfig(read.value, file) : read;
  if (loaded.ok) return loaded.value;
  throw new ToolError(`failed to load HTTP config file: ${loaded.issues.map(formatIssue).join('\n')}`);
}

function decodeHttpConfig(text: string, file: string): Result<HttpConfig> {
  const parsed = parseYaml(text, file);
  if (!parsed.ok) return parsed;
  if (!parsed.value.root) return ok(httpConfigSchema.initial);
  const decoder = new Decoder({ mode: 'fallback' });
  const issues = (): readonly Issue[] => decoder.issues;
  try {
    const decoded = httpConfigSchema.decode(parsed.value.root, '', decoder);
    if (decoded === REFUSED || issues().length > 0) return failed(...issues());
    return ok(httpConfigSchema.resolvePaths(decoded, (path) => besides(file, path)));
  } catch (error) {
    if (error instanceof DecodingStopped) return failed(error.issue, ...issues());
    throw error;
  }
}

/** Paths in the file start from the directory that holds the file. */
const besides = (file: string, path: string): string =>
  path === '' || isAbsolute(path) ? path : join(dirname(file), path);
