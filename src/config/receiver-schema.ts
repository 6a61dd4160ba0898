import type { GlobalConfig } from './global.js';
import { type HttpConfig, httpConfigSchema } from './http-config.js';
import {
  type Field,
  type FieldOptions,
  type Fields,
  type Infer,
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
  /** Fills in global values and tells what is still missing then. */
  inherit(settings: T, global: GlobalConfig, report: Report): T;
  /** A null entry is judged as an entry without any settings (some integrations complain about their credentials then). */
  readonly nullIsEmpty: boolean;
}

export interface ReceiverOptions<T> {
  check?(settings: T, report: Report): T | void;
  inherit?(settings: T, global: GlobalConfig, report: Report): T;
  readonly nullIsEmpty?: boolean;
}

/** `httpConfig` is taken from `global` as a whole unless `inherit` does it otherwise. */
export function receiver<F extends Fields>(
  typeName: string,
  fields: F,
  options: ReceiverOptions<Infer<F>> = {},
): ReceiverSchema<Infer<F>> {
  const { check, inherit, nullIsEmpty = false } = options;
  return {
    ...object(typeName, fields, check ? { check } : {}),
    nullIsEmpty,
    inherit: inherit ?? ((settings) => settings),
  };
}

/** A field that `inherit` fills in: unset only while the file is being read. */
// The loader runs `inherit` before it gives the settings to anyone, so nobody meets the unset value.
export const inherited = <T>(field: Field<T | undefined>): Field<T> => field as Field<T>;

export const sendResolved = (byDefault: boolean): Field<boolean> =>
  bool({ default: byDefault, alwaysPrinted: true, help: 'Also notify when alerts are resolved.' });

export const httpConfig = (options: FieldOptions & { keepPaths?: boolean } = {}): Field<HttpConfig> =>
  inherited(
    nested(httpConfigSchema, { help: 'How to reach the server; the global http_config when unset.', ...options }),
  );

/** The rule of most integrations. */
export function withGlobalHttp<T extends { readonly httpConfig: HttpConfig }>(settings: T, global: GlobalConfig): T {
  // Unset only here, see `inherited`.
  const own = settings.httpConfig as HttpConfig | undefined;
  return own ? settings : { ...settings, httpConfig: global.httpConfig };
}
