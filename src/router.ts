import type { AddressInfo } from 'node:net';
import { availableParallelism, hostname } from 'node:os';
import { createHttpServer } from './api/server/http-server.module.js';
import { openListeners } from './api/server/listeners.js';
import type { ClusterFacts } from './api/v2/api.js';
import { openWebFile } from './api/server/web-file.js';
import { AppModule } from './app.module.js';
import { readConfiguration } from './configuration.js';
import type { Delivery } from './delivery/delivery.js';
import { DELIVERY } from './delivery/delivery.module.js';
import { createTrials } from './delivery/trials.js';
import { type Issue, type Result, formatIssue } from './domain/issue/index.js';
import { duration } from './domain/time/index.js';
import type { Engine } from './engine/engine.js';
import { ENGINE } from './engine/engine.module.js';
import { collectNow, growAtOnce } from './platform/runtime-settings.js';
import { type Clock, systemClock } from './platform/clock.js';
import { publicAddress } from './platform/external-url.js';
import type { Features } from './platform/features.js';
import { createHttpClientFactory } from './platform/http-client/index.js';
import type { HttpClientFactory } from './platform/http-client/index.js';
import type { Ids } from './platform/ids.js';
import { type Logger, errorText } from './platform/log.js';
import { type BuildInfo, createMetrics } from './platform/metrics.js';
import { openFilesLimit } from './platform/open-files.js';
import type { Platform } from './platform/platform.js';
import type { ServerOptions } from './platform/server-flags.js';
import { COMPATIBLE_VERSION, VERSION } from './platform/version.js';
import { RECEIVERS } from './receivers/registry.js';
import { type Rehearsal, rehearse } from './rehearsal/rehearsal.js';
import { Reloader, announce } from './reloader.js';
import { ALERTMANAGER_FILES, STORAGE } from './storage/open-storage.js';
import type { Storage } from './storage/storage.js';
import type { AlertmanagerFiles } from './storage/upstream/alertmanager-files.js';

/** Larger bodies than any Prometheus sends; ten thousand alerts take ten megabytes. */
const MAX_BODY_BYTES = 128 * 1024 * 1024;
const MAX_CONNECTIONS = 20_000;
/** Connections may not take the sockets away that notifications need, nor the files of the state. */
const SHARE_OF_CONNECTIONS = 0.5;
/** A stop waits so long for sends under way, so that nobody hears them twice. */
const STOP_GRACE = duration(5_000);

/** What the process gives to the router; a test gives a clock of its own and receivers that are not there. */
export interface World {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
  readonly http?: HttpClientFactory;
  /** In the place of the data directory. */
  readonly storage?: Storage;
}

export interface Router {
  /** Ports in the order of the addresses. */
  readonly ports: readonly number[];
  /** `host:port` of each listener. */
  readonly addresses: readonly string[];
  reload(): Promise<Result<void>>;
  /** Makes ready for the first alerts, unless they are there already. Never throws. */
  rehearse(): Promise<void>;
  stop(): Promise<void>;
}

const BUILD: BuildInfo = {
  // Clients ask for this version to know how to talk; ours stands beside it as the revision.
  version: COMPATIBLE_VERSION,
  revision: `tocsin-${VERSION}`,
  branch: '',
  buildUser: '',
  buildDate: '',
  runtimeVersion: `node${process.versions.node}`,
};

/**
 * Starts everything in the order in which it can fail: configuration, listeners, receivers, state, server. Throws with
 * what the operator must know.
 */
export async function startRouter(options: ServerOptions, features: Features, world: World): Promise<Router> {
  const { clock, ids, log } = world;
  const startedAt = clock.now();
  const first = orThrow(readConfiguration({ options, features }), 'error loading configuration file');
  const webSettings = openWebFile(options.webConfigFile);
  const listeners = await openListeners({
    addresses: options.listenAddresses,
    systemdSocket: options.systemdSocket,
    maxConnections: Math.min(MAX_CONNECTIONS, Math.floor(openFilesLimit() * SHARE_OF_CONNECTIONS)),
  });
  const ports = listeners.addresses.map(({ port }) => port);
  const platform: Platform = {
    options,
    features,
    address: publicAddress({ ...options, hostname: hostname(), port: ports[0] ?? 0 }),
    build: BUILD,
    startedAt,
    stopGrace: STOP_GRACE,
    clock,
    ids,
    log,
    metrics: createMetrics({
      build: BUILD,
      runtime: world.http === undefined,
      receiverNames: features.enabled.has('receiver-name-in-metrics'),
      alertNames: features.enabled.has('alert-names-in-metrics'),
      groupKeys: features.enabled.has('group-key-in-metrics'),
    }),
    http: world.http ?? createHttpClientFactory({ clock, ids, version: COMPATIBLE_VERSION }),
  };
  const { metrics } = platform;
  const cluster = aloneInCluster(options, ids);
  if (cluster.status === 'disabled') metrics.cluster.beWithout();
  else metrics.cluster.beAlone();
  let isReady = false;
  let reloader: Reloader | undefined;
  const reload = async (): Promise<Result<void>> => {
    if (!reloader) throw new Error('the router is still starting');
    return reloader.reload();
  };

  const server = await createHttpServer({
    module: AppModule.register({
      platform,
      storage: world.storage,
      ruleset: first.ruleset,
      ops: { isReady: () => isReady, reload, metrics, log, version: VERSION },
      ext: {
        trials: createTrials({
          ...platform,
          kinds: RECEIVERS,
          ruleset: () => (reloader?.running ?? first).ruleset,
          externalURL: platform.address.externalURL,
        }),
        clock,
        matcherMode: features.matcherMode,
      },
    }),
    listeners,
    routePrefix: platform.address.routePrefix,
    getConcurrency: options.getConcurrency,
    timeout: duration(options.webTimeout),
    settings: webSettings,
    // Patience with clients is a matter of real time.
    clock: systemClock,
    metrics,
    log,
    api: (app) => ({
      engine: app.get<Engine>(ENGINE),
      clock,
      matcherMode: features.matcherMode,
      status: () => ({
        configText: (reloader?.running ?? first).loaded.original(),
        startedAt,
        build: BUILD,
        cluster,
      }),
      metrics,
      log: log.with({ component: 'api' }),
      maxBodyBytes: MAX_BODY_BYTES,
    }),
  });
  const { app } = server;
  const engine = app.get<Engine>(ENGINE);
  const delivery = app.get<Delivery>(DELIVERY);
  const storage = app.get<Storage>(STORAGE);
  const files = app.get<AlertmanagerFiles | null>(ALERTMANAGER_FILES);

  const stop = async (): Promise<void> => {
    await server.close();
    await engine.stop();
    // What did not start knows nothing.
    if (isReady && options.alertmanagerFiles) await files?.handBack(engine.memory(), clock.now());
    await delivery.close();
    platform.http.close();
    await storage.close();
  };
  try {
    delivery.adopt(orThrow(delivery.prepare(first.ruleset), 'error building receivers'));
    growAtOnce();
    await engine.start();
  } catch (error) {
    await stop();
    throw error;
  }
  reloader = new Reloader({ platform, engine, delivery, first });
  announce(platform, first);
  isReady = true;
  // Its specimen is to stay.
  let rehearsed: Rehearsal | undefined;
  const rehearseOnce = async (): Promise<void> => {
    // The compiler would have no processor but the one that the alerts need.
    if (availableParallelism() < 2) return;
    const { alertsVersion } = engine;
    const startedAt = clock.elapsed();
    try {
      const mayGoOn = (): boolean => engine.alertsVersion === alertsVersion;
      rehearsed = await rehearse({ platform, templates: first.ruleset.templates, mayGoOn });
      await collectNow();
      const { posts, notifications } = rehearsed;
      log.debug('Rehearsed', { posts, notifications, ms: Math.round(clock.elapsed() - startedAt) });
    } catch (error) {
      log.warn('The rehearsal failed', { err: errorText(error) });
    }
  };
  return { ports, addresses: listeners.addresses.map(formatAddress), reload, rehearse: rehearseOnce, stop };
}

const formatAddress = ({ address, family, port }: AddressInfo): string =>
  family === 'IPv6' ? `[${address}]:${port}` : `${address}:${port}`;

/** A node alone is a cluster of one, as with Alertmanager, unless the address is empty: then there is no cluster. */
function aloneInCluster(options: ServerOptions, ids: Ids): ClusterFacts {
  const { clusterListenAddress: address, clusterPeerName } = options;
  if (address === '') return { status: 'disabled', name: '', peers: [] };
  const name = clusterPeerName === '' ? ids.uuid() : clusterPeerName;
  return { status: 'ready', name, peers: [{ name, address: options.clusterAdvertiseAddress || address }] };
}

/** What a configuration has wrong, one line each. */
export class StartError extends Error {
  constructor(what: string, issues: readonly Issue[]) {
    super(`${what}: ${issues.map(formatIssue).join('\n  ')}`);
  }
}

function orThrow<T>(result: Result<T>, what: string): T {
  if (!result.ok) throw new StartError(what, result.issues);
  return result.value;
}
