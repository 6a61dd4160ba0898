import {
  FlagError,
  formatFlags,
  fraction,
  oneOf,
  optionalText,
  parseFlags,
  repeated,
  span,
  text,
  toggle,
  toggleOff,
  whole,
} from './command-line/index.js';
import type { Flag, FlagValues } from './command-line/index.js';

/**
 * The server's command line: every flag of Alertmanager, under its name and with its default, and a few of our own.
 * Times are milliseconds.
 */
export const SERVER_FLAGS = {
  help: toggle('help', { short: 'h', help: 'Show this help (also --help-long and --help-man).' }),
  configFile: text('config.file', 'alertmanager.yml', { help: 'Configuration file.' }),
  storagePath: text('storage.path', 'data/', { help: 'Directory that holds all state.' }),
  retention: span('data.retention', '120h', {
    help: 'How long expired silences and entries of the notification log are kept.',
  }),
  maintenanceInterval: span('data.maintenance-interval', '15m', {
    help: 'Interval between clean-ups of silences and notification log.',
  }),
  maxSilences: whole('silences.max-silences', 0, {
    help: 'Maximum number of silences, expired ones included. No limit if zero or negative.',
  }),
  maxSilenceSizeBytes: whole('silences.max-silence-size-bytes', 0, {
    help: 'Maximum size of a silence in bytes. No limit if zero or negative.',
  }),
  logSilences: toggle('log.silences', { help: 'Log each change of a silence.' }),
  alertGcInterval: span('alerts.gc-interval', '30m', { help: 'Interval between clean-ups of alerts.' }),
  perAlertnameLimit: whole('alerts.per-alertname-limit', 0, {
    help: 'Maximum number of alerts for each alertname. No limit if zero or negative.',
  }),
  dispatchMaintenanceInterval: span('dispatch.maintenance-interval', '30s', {
    help: 'Interval between clean-ups of alert groups.',
  }),
  startDelay: span('dispatch.start-delay', '0s', {
    help: "Time to wait after the start before anything is sent. Should equal Prometheus' --rules.alert.resend-delay.",
  }),
  systemdSocket: toggle('web.systemd-socket', { help: 'Take listeners from systemd socket activation (Linux only).' }),
  listenAddresses: repeated('web.listen-address', [':9093'], {
    help: 'Address to serve on, may be repeated: `:9100` or `[::1]:9100`.',
  }),
  webConfigFile: text('web.config.file', '', { help: 'Configuration file for TLS and authentication.' }),
  externalUrl: optionalText('web.external-url', {
    help: 'The URL under which users reach the router (say, behind a reverse proxy). Stands in links; its path is the prefix of all routes.',
  }),
  routePrefix: optionalText('web.route-prefix', {
    help: 'Prefix of all routes. Defaults to the path of --web.external-url.',
  }),
  getConcurrency: whole('web.get-concurrency', 0, {
    help: 'GET requests served at once. If zero or negative: the number of processors, at least 8.',
  }),
  webTimeout: span('web.timeout', '0', { help: 'Timeout for HTTP requests. None if zero or negative.' }),
  memlimitRatio: fraction('auto-gomemlimit.ratio', 0.9, {
    help: "Accepted for Alertmanager's sake; memory is limited by NODE_OPTIONS=--max-old-space-size.",
  }),
  clusterListenAddress: text('cluster.listen-address', '0.0.0.0:9094', {
    help: 'Accepted; this router does not gossip (see docs/compat.md).',
  }),
  clusterAdvertiseAddress: optionalText('cluster.advertise-address', { help: 'Accepted, without effect.' }),
  clusterPeerName: text('cluster.peer-name', '', { help: 'Accepted, without effect.' }),
  clusterPeers: repeated('cluster.peer', [], { help: 'Accepted, without effect; a warning says so.' }),
  clusterPeerTimeout: span('cluster.peer-timeout', '15s', { help: 'Accepted, without effect.' }),
  clusterPeersResolveTimeout: span('cluster.peers-resolve-timeout', '15s', { help: 'Accepted, without effect.' }),
  clusterGossipInterval: span('cluster.gossip-interval', '200ms', { help: 'Accepted, without effect.' }),
  clusterPushPullInterval: span('cluster.pushpull-interval', '1m0s', { help: 'Accepted, without effect.' }),
  clusterTcpTimeout: span('cluster.tcp-timeout', '10s', { help: 'Accepted, without effect.' }),
  clusterProbeTimeout: span('cluster.probe-timeout', '500ms', { help: 'Accepted, without effect.' }),
  clusterProbeInterval: span('cluster.probe-interval', '1s', { help: 'Accepted, without effect.' }),
  clusterSettleTimeout: span('cluster.settle-timeout', '1m0s', { help: 'Accepted, without effect.' }),
  clusterReconnectInterval: span('cluster.reconnect-interval', '10s', { help: 'Accepted, without effect.' }),
  clusterReconnectTimeout: span('cluster.reconnect-timeout', '6h0m0s', { help: 'Accepted, without effect.' }),
  clusterTlsConfig: text('cluster.tls-config', '', { help: 'Accepted, without effect.' }),
  clusterAllowPublic: toggle('cluster.allow-insecure-public-advertise-address-discovery', {
    help: 'Accepted, without effect.',
  }),
  clusterLabel: text('cluster.label', '', { help: 'Accepted, without effect.' }),
  features: text('enable-feature', '', {
    help: `Features to switch on, separated by commas: alert-names-in-metrics, receiver-name-in-metrics, group-key-in-metrics, classic-mode, utf8-strict-mode, auto-gomemlimit, event-recorder.`,
  }),
  logLevel: oneOf('log.level', ['debug', 'info', 'warn', 'error'], 'info', 'log level', {
    help: 'Print messages of this severity or above. One of: [debug, info, warn, error]',
  }),
  logFormat: oneOf('log.format', ['logfmt', 'json'], 'logfmt', 'log format', {
    help: 'Form of log messages. One of: [logfmt, json]',
  }),
  alertDurability: oneOf('storage.alerts', ['disk', 'memory'], 'disk', 'alert storage', {
    help: 'Where alerts live: on disk, so that they survive a crash, or in memory only, as in Alertmanager.',
  }),
  storageSync: oneOf('storage.sync', ['background', 'always'], 'background', 'storage sync', {
    help: 'When changes reach the disk itself: within a fraction of a second, so that a loss of power may cost the last of them, or always before they are acknowledged. What was acknowledged survives the end of the process in any case.',
  }),
  alertmanagerFiles: toggleOff('storage.alertmanager-files', {
    help: "Leave Alertmanager's own files, silences and nflog, in the storage path at a stop, so that it can take this router's place.",
  }),
  rehearsal: toggleOff('rehearsal', {
    help: 'Play some made-up alerts that go nowhere right after the start, so that the first real ones are taken as fast as all others. Takes half a second of processor time; skipped with a single processor.',
  }),
  compat: oneOf('compat', ['better', 'strict'], 'better', 'compatibility mode', {
    help: "Whether to restore Alertmanager's behaviour where this router deliberately does better (docs/compat.md).",
  }),
  version: toggle('version', { help: 'Show the version.' }),
} as const;

export type ServerOptions = FlagValues<typeof SERVER_FLAGS>;

/** Reads the arguments; FlagError for what the user typed wrong. */
export function parseServerFlags(args: readonly string[]): ServerOptions {
  const { values, positional } = parseFlags(SERVER_FLAGS as unknown as Record<string, Flag<never>>, args);
  if (positional[0] !== undefined) throw new FlagError(`unexpected ${positional[0]}`);
  // The table that was read is the one that types the values.
  return values as unknown as ServerOptions;
}

export const serverUsage = (): string =>
  `usage: tocsin [<flags>]\n\n\nFlags:\n${formatFlags(Object.values(SERVER_FLAGS) as unknown as Flag<never>[])}\n`;

type Positive = keyof { [Key in keyof ServerOptions as ServerOptions[Key] extends number ? Key : never]: true };

const POSITIVE: readonly (readonly [Positive, string])[] = [
  ['retention', 'data.retention'],
  ['maintenanceInterval', 'data.maintenance-interval'],
  ['alertGcInterval', 'alerts.gc-interval'],
  ['dispatchMaintenanceInterval', 'dispatch.maintenance-interval'],
];

const POSITIVE_WITH_CLUSTER: readonly (readonly [Positive, string])[] = [
  ['clusterPeerTimeout', 'cluster.peer-timeout'],
  ['clusterPeersResolveTimeout', 'cluster.peers-resolve-timeout'],
  ['clusterGossipInterval', 'cluster.gossip-interval'],
  ['clusterPushPullInterval', 'cluster.pushpull-interval'],
  ['clusterTcpTimeout', 'cluster.tcp-timeout'],
  ['clusterProbeTimeout', 'cluster.probe-timeout'],
  ['clusterProbeInterval', 'cluster.probe-interval'],
  ['clusterReconnectInterval', 'cluster.reconnect-interval'],
  ['clusterReconnectTimeout', 'cluster.reconnect-timeout'],
];

/** What is wrong with values that are each readable; the first problem, or undefined. */
export function refuseOptions(options: ServerOptions): string | undefined {
  const checked = options.clusterListenAddress === '' ? POSITIVE : [...POSITIVE, ...POSITIVE_WITH_CLUSTER];
  for (const [key, name] of checked) if (options[key] <= 0) return `--${name} must be positive`;
  if (options.configFile === '') return '--config.file must not be empty';
  if (options.storagePath === '') return '--storage.path must not be empty';
  return undefined;
}
