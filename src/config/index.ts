/** What the configuration offers to the rest of the program. Describing settings is in schema/ and receiver-schema.ts. */
export type { GlobalConfig } from './global.js';
export type { HostPort } from './host-port.js';
export {
  type Authorization,
  type BasicAuth,
  DEFAULT_HTTP_CONFIG,
  type HeaderConfig,
  type HttpConfig,
  type OAuth2,
  type TlsConfig,
} from './http-config.js';
export { type LoadOptions, loadConfig, readConfigFile } from './load-config.js';
export type { LoadedConfig } from './loaded-config.js';
export type { Integration, Registry } from './root.js';
export { Secret } from './secret.js';
export type { EventRecorderConfig } from './sections/event-recorder.js';
export type { TracingConfig } from './sections/tracing.js';
export { type ClientAuth, type TlsServerConfig, type WebConfig, parseWebConfig } from './web-config.js';
export { type ParsedYaml, parseYaml } from './yaml/parse.js';
