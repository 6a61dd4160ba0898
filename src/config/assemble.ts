/**
 * What is left to do once every section was read by itself: rules between sections, global values for integrations, file
 * paths, and the printed form. The order of the rules is Alertmanager's, so that the first complaint is the same.
 */
import type { Result } from '../domain/issue/index.js';
import { LabelSet } from '../domain/labels/index.js';
import { quoteGo } from '../domain/matcher/index.js';
import type { Config, IntegrationConfig, ReceiverConfig } from '../domain/ruleset/index.js';
import { checkGlobal } from './check-global.js';
import { checkRoutes } from './check-routes.js';
import { type GlobalConfig, globalSchema } from './global.js';
import type { LoadedConfig } from './loaded-config.js';
import { type Integration, type ReceiverSettings, type Registry, type RootSettings, entriesOf } from './root.js';
import { once } from './once.js';
import type { Decoder, ObjectSchema } from './schema/index.js';
import { camelCase } from './schema/index.js';
import { toInhibitRuleConfig } from './sections/inhibit-rule.js';
import { toRouteConfig } from './sections/route.js';
import { toTimeIntervals } from './sections/time-interval.js';
import { emitYaml } from './yaml/emit.js';

export interface Assembly {
  readonly schema: ObjectSchema<RootSettings>;
  readonly decoder: Decoder;
  readonly registry: Registry;
  readonly joinPath: (path: string) => string;
  readonly glob: (pattern: string) => Result<readonly string[]>;
}

/** Undefined when there are issues; the decoder has them. */
export function assemble(root: RootSettings, assembly: Assembly): Omit<LoadedConfig, 'hash' | 'warnings'> | undefined {
  const { schema, decoder, joinPath } = assembly;
  const written = root.global ?? globalSchema.initial;
  checkGlobal(written, decoder.reporterOf(root.global ?? root));
  const inheriting = new Inheritance(globalSchema.resolvePaths(written, joinPath), assembly);
  const receivers = root.receivers.map((receiver, index) => inheriting.complete(receiver, index));
  checkReceiverNames(root.receivers, decoder);
  const used = checkRoutes(root, decoder);
  const { templates, files } = findTemplates(root, assembly);
  const route = root.route;
  if (decoder.issues.length > 0 || !route) return undefined;

  const config: Config = {
    resolveTimeout: written.resolveTimeout,
    route: toRouteConfig(route),
    inhibitRules: root.inhibitRules.map(toInhibitRuleConfig),
    receivers: receivers.map((receiver) => toReceiverConfig(receiver, assembly.registry)),
    timeIntervals: new Map(
      [...root.muteTimeIntervals, ...root.timeIntervals].map((named) => [named.name, toTimeIntervals(named)]),
    ),
    templateFiles: files,
  };
  const global = inheriting.global;
  const shown = receivers.map((receiver) =>
    used.has(receiver.name) ? asBuilt(receiver, assembly.registry) : receiver,
  );
  const eventRecorder = schema.resolvePaths(root, joinPath).eventRecorder;
  const shownRoot = { ...root, global: inheriting.globalAfter, receivers: shown, templates, eventRecorder };
  return {
    config,
    global,
    tracing: root.tracing,
    eventRecorder,
    templatePatterns: templates,
    original: once(() => emitYaml(schema.encode(shownRoot))),
  };
}

/** Fills global values into integrations, in the order in which Alertmanager does. */
class Inheritance {
  readonly #checked: Registry;
  globalAfter: GlobalConfig;

  constructor(
    readonly global: GlobalConfig,
    private readonly assembly: Assembly,
  ) {
    this.globalAfter = global;
    this.#checked = [...assembly.registry].sort((a, b) => a.config.order.checked - b.config.order.checked);
  }

  complete(receiver: ReceiverSettings, index: number): ReceiverSettings {
    const completed: Record<string, unknown> = {};
    for (const integration of this.#checked) {
      completed[camelCase(integration.yamlKey)] = entriesOf(receiver, integration).map((settings, position) => {
        const path = `receivers[${index}].${integration.yamlKey}[${position}]`;
        return settings === undefined
          ? this.#judgeNull(receiver, integration, path)
          : this.#inherit(settings, integration);
      });
    }
    return { ...receiver, ...completed };
  }

  #inherit(settings: unknown, { config }: Integration): unknown {
    const { decoder, joinPath } = this.assembly;
    const report = decoder.reporterOf(settings as object);
    const own = config.resolvePaths(settings, joinPath);
    this.globalAfter = config.globalAfter(own, this.globalAfter);
    return config.inherit(own, this.global, report, joinPath);
  }

  /** A null entry is never right; some integrations complain about their missing credentials first. */
  #judgeNull(receiver: ReceiverSettings, { type, config }: Integration, path: string): undefined {
    const { decoder, joinPath } = this.assembly;
    const key = path.slice(path.lastIndexOf('.') + 1, path.lastIndexOf('['));
    const report = decoder.reporterOf(receiver);
    const before = decoder.issues.length;
    if (config.nullIsEmpty)
      config.inherit(
        config.zero,
        this.global,
        (code, _key, message, hint) => report(code, key, message, hint),
        joinPath,
      );
    if (decoder.issues.length === before)
      report('missing-value', key, `missing ${type} config`, 'give it settings or drop the dash');
  }
}

function checkReceiverNames(receivers: readonly ReceiverSettings[], decoder: Decoder): void {
  const names = new Set<string>();
  for (const receiver of receivers) {
    const { name } = receiver;
    if (names.has(name)) {
      const message = `notification config name ${quoteGo(name)} is not unique`;
      decoder.reporterOf(receiver)('duplicate-name', 'name', message, 'rename one of them, or merge them');
    }
    names.add(name);
  }
}

interface FoundTemplates {
  /** The patterns, as /status shows them. */
  readonly templates: readonly string[];
  readonly files: readonly string[];
}

function findTemplates(root: RootSettings, { decoder, joinPath, glob }: Assembly): FoundTemplates {
  const templates = root.templates.map((pattern) => joinPath(pattern ?? ''));
  const files: string[] = [];
  templates.forEach((pattern) => {
    const found = glob(pattern);
    if (found.ok) return void files.push(...found.value);
    for (const { code, message, hint } of found.issues) {
      decoder.reporterOf(root)(code, 'templates', `failed to parse templates: ${message}`, hint);
    }
  });
  return { templates, files };
}

function toReceiverConfig(receiver: ReceiverSettings, registry: Registry): ReceiverConfig {
  const integrations = registry.flatMap((integration) =>
    entriesOf(receiver, integration).map((settings, index): IntegrationConfig => {
      // Every schema of the registry has this field, see `receiver`.
      const { sendResolved } = settings as { readonly sendResolved: boolean };
      return { type: integration.type, index, sendResolved, settings };
    }),
  );
  return { name: receiver.name, labels: LabelSet.from(receiver.labels), integrations };
}

function asBuilt(receiver: ReceiverSettings, registry: Registry): ReceiverSettings {
  const built = registry.map((integration): [string, unknown] => [
    camelCase(integration.yamlKey),
    entriesOf(receiver, integration).map((settings) => integration.config.asBuilt(settings)),
  ]);
  return { ...receiver, ...Object.fromEntries(built) };
}
