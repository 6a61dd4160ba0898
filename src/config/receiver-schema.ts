import type { GlobalConfig } from './global.js';
import { type HttpConfig, httpConfigSchema } from './http-config.js';
import {
  type Field,
  type Fields,
  type Infer,
  type NestedOptions,
  type ObjectSchema,
  type Report,
  bool,
  nested,
  object,
} from './schema/index.js';

/**
 * The settings of one integration: an object, and what it takes from `global` where it says nothing itself.
 *
 * A setting that `inherit` fills in is declared with `inherited`, so that who uses the settings needs not ask whether it
 * is there.
 */
export interface ReceiverSchema<T> extends ObjectSchema<T> {
  /** What Go's decoder calls a list of them. */
  readonly listName: string;
  /** Alertmanager prints and checks integrations in orders of its own; smaller numbers come first. */
  readonly order: ReceiverOrder;
  /** A null entry is judged as an entry without any settings: its complaint is about credentials. */
  readonly nullIsEmpty: boolean;
  /** Fills in global values and tells what is still missing then. `join` makes a file path relative to the configuration file. */
  inherit(settings: T, global: GlobalConfig, report: Report, join: (file: string) => string): T;
  /** The global section as /status shows it after this integration has taken from it. */
  globalAfter(own: T, global: GlobalConfig): GlobalConfig;
  /** The settings as /status shows them when the integration is in use. */
  asBuilt(settings: T): T;
}

export interface ReceiverOrder {
  readonly printed: number;
  readonly checked: number;
}

export interface ReceiverOptions<T> {
  readonly order: ReceiverOrder;
  readonly nullIsEmpty?: boolean;
  /** Rules across fields, as written in the file: before global values are filled in. */
  check?(settings: T, report: Report): T | void;
  inherit(settings: T, global: GlobalConfig, report: Report, join: (file: string) => string): T;
  globalAfter?(own: T, global: GlobalConfig): GlobalConfig;
  asBuilt?(settings: T): T;
}

/** `goName` is what Alertmanager calls the type (`webhook.WebhookConfig`); it appears in messages. */
export function receiver<F extends Fields>(
  goName: string,
  fields: F,
  options: ReceiverOptions<Infer<F>>,
): ReceiverSchema<Infer<F>> {
  const { check, inherit, globalAfter, asBuilt, order, nullIsEmpty = false } = options;
  const [goPackage = ''] = goName.split('.');
  return {
    ...object(`${goPackage}.plain`, fields, check ? { check } : {}),
    listName: `[]*${goName}`,
    order,
    nullIsEmpty,
    inherit,
    globalAfter: globalAfter ?? ((_own, global) => global),
    asBuilt: asBuilt ?? ((settings) => settings),
  };
}

/** A field that `inherit` fills in: unset only while the file is being read. */
// The loader runs `inherit` before it gives the settings to anyone, so nobody meets the unset value.
export const inherited = <T>(field: Field<T | undefined>): Field<T> => field as Field<T>;

export const sendResolved = (byDefault: boolean): Field<boolean> =>
  bool({ default: byDefault, alwaysPrinted: true, help: 'Also notify when alerts are resolved.' });

export const httpConfig = (options: NestedOptions = {}): Field<HttpConfig> =>
  inherited(
    nested(httpConfigSchema, { help: 'How to reach the server; the global http_config when unset.', ...options }),
  );

/** The http_config of its own, which may be missing while the file is being read. */
export const ownHttpConfig = (settings: { readonly httpConfig: HttpConfig }): HttpConfig | undefined =>
  settings.httpConfig as HttpConfig | undefined;

/** The rule of most integrations: the global http_config as a whole, unless there is one of its own. */
export function withGlobalHttp<T extends { readonly httpConfig: HttpConfig }>(settings: T, global: GlobalConfig): T {
  return ownHttpConfig(settings) ? settings : { ...settings, httpConfig: global.httpConfig };
}
