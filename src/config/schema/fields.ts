/**
 * The kinds of single values that settings are made of. Each knows how YAML becomes its value and back.
 *
 * Text that is empty and has no default counts as unset, as in Alertmanager; null makes any setting the zero of its type,
 * whatever the default.
 */
import {
  type Duration,
  duration,
  formatGoDuration,
  formatPromDuration,
  parseGoDuration,
  parsePromDuration,
} from '../../domain/time/index.js';
import type { Result } from '../../domain/issue/index.js';
import { MASK, Secret } from '../secret.js';
import type { ScalarNode, YamlNode } from '../yaml/node.js';
import type { Printed } from '../yaml/print.js';
import { isNullNode } from '../yaml/resolve.js';
import type { Decoder } from './decoder.js';
import { type Field, type FieldKind, type FieldOptions, REFUSED, type Refused } from './field.js';
import { checkTemplatedUrl, parseHttpUrl } from './url.js';

export interface WithDefault<T> extends FieldOptions {
  readonly default?: T;
}
/** Settings with a default are always there; the others may be unset. */
type Kept<T, O> = O extends { readonly default: T } ? T : T | undefined;

interface ScalarSpec<T> {
  readonly kind: FieldKind;
  readonly initial: T;
  readonly zero: T;
  /** What Go's decoder calls the type in its messages. */
  readonly goType: string;
  /** What it calls the setting as a whole, where that differs. */
  readonly goOuter?: string;
  readonly hint?: string;
  read(node: ScalarNode, path: string, decoder: Decoder): T | Refused;
  print(value: T): Printed | undefined;
}

export function scalar<T>(spec: ScalarSpec<T>, options: FieldOptions): Field<T> {
  return {
    ...options,
    kind: spec.kind,
    initial: spec.initial,
    zero: spec.zero,
    decode: (node, path, decoder) =>
      decoder.visit(node, path, (target) => {
        if (target.kind !== 'scalar') return refuseType(target, path, decoder, spec);
        if (!isNullNode(target)) return spec.read(target, path, decoder);
        if (target.plain || target.tag !== '') return spec.zero;
        // A quoted `"null"` is text, for those who take text.
        if (TEXTUAL.has(spec.kind)) return spec.read(target, path, decoder);
        return refuseType(target, path, decoder, { ...spec, goType: spec.goOuter ?? spec.goType });
      }),
    encode: (value) => spec.print(value),
  };
}

const TEXTUAL: ReadonlySet<FieldKind> = new Set(['text', 'template', 'html', 'secret', 'path', 'any']);

function refuseType<T>(
  node: Exclude<YamlNode, { kind: 'alias' }>,
  path: string,
  decoder: Decoder,
  spec: { goType: string; hint?: string } & { kind: T },
): Refused {
  decoder.wrongType(node, path, spec.goType, spec.hint ?? `one value is wanted here, not a ${node.kind}`);
  return REFUSED;
}

function textual<O extends WithDefault<string>>(kind: FieldKind, options: O): Field<Kept<string, O>> {
  const fallback = options.default;
  // The two shapes of Kept differ by whether a default was given, which is what `fallback` says.
  const unset = (fallback === undefined ? undefined : '') as Kept<string, O>;
  return scalar<Kept<string, O>>(
    {
      kind,
      initial: (fallback ?? unset) as Kept<string, O>,
      zero: unset,
      goType: 'string',
      read: (node, path, decoder) => (decoder.textOf(node, path) || unset) as Kept<string, O>,
      print: (value) => value || (options.alwaysPrinted ? '' : undefined),
    },
    options,
  );
}

/** Text that is used as it stands. */
export const text = <O extends WithDefault<string>>(options: O): Field<Kept<string, O>> => textual('text', options);
/** Text that is rendered with Go's text/template when a notification is sent. */
export const template = <O extends WithDefault<string>>(options: O): Field<Kept<string, O>> =>
  textual('template', options);
/** The same with html/template. */
export const html = <O extends WithDefault<string>>(options: O): Field<Kept<string, O>> => textual('html', options);

export interface PathOptions extends FieldOptions {
  /** What a relative path starts from: the directory of the configuration file, or the one the program was started in. */
  readonly relativeTo?: 'config' | 'cwd';
}

export function path(options: PathOptions): Field<string | undefined> {
  const field = textual('path', options);
  return options.relativeTo === 'config'
    ? { ...field, resolvePaths: (value, join) => (value === undefined ? value : join(value)) }
    : field;
}

export interface SecretOptions extends FieldOptions {
  /** An empty text counts as given (Rocket.Chat). */
  readonly emptyCounts?: boolean;
}

export function secret(options: SecretOptions): Field<Secret | undefined> {
  return scalar<Secret | undefined>(
    {
      kind: 'secret',
      initial: undefined,
      zero: undefined,
      goType: 'config.plain',
      read(node, path, decoder) {
        const value = decoder.textOf(node, path);
        return value === '' && !options.emptyCounts ? undefined : new Secret(value);
      },
      print: (value) => (value === undefined ? undefined : value.isEmpty ? null : MASK),
    },
    options,
  );
}

/** An absolute http or https URL. A null one is unset whatever the default. */
export function url(options: WithDefault<string>): Field<string | undefined> {
  return scalar<string | undefined>(
    {
      kind: 'url',
      initial: options.default,
      zero: undefined,
      goType: 'string',
      goOuter: '*common.URL',
      read: readUrl,
      print: (value) => value ?? (options.alwaysPrinted ? null : undefined),
    },
    options,
  );
}

/** A URL that is a secret as a whole. The mask is accepted, so that a printed configuration can be read back. */
export function secretUrl(options: FieldOptions): Field<Secret | undefined> {
  return scalar<Secret | undefined>(
    {
      kind: 'secret-url',
      initial: undefined,
      zero: undefined,
      goType: 'string',
      goOuter: '*common.SecretURL',
      read(node, path, decoder) {
        if (decoder.textOf(node, path) === MASK) return new Secret('');
        const read = readUrl(node, path, decoder);
        return read === REFUSED ? REFUSED : new Secret(read);
      },
      print: (value) => (value === undefined ? (options.alwaysPrinted ? null : undefined) : MASK),
    },
    options,
  );
}

function readUrl(node: ScalarNode, path: string, decoder: Decoder): string | Refused {
  const parsed = parseHttpUrl(decoder.textOf(node, path));
  return parsed.ok ? parsed.value : refuse(node, path, decoder, parsed);
}

/** A secret URL that may be a template; only without `{{` is it checked as a URL. */
export function templatedUrl(options: FieldOptions): Field<Secret | undefined> {
  return scalar<Secret | undefined>(
    {
      kind: 'templated-url',
      initial: undefined,
      zero: undefined,
      goType: 'common.plain',
      read(node, path, decoder) {
        const value = decoder.textOf(node, path);
        if (value === '') return undefined;
        const checked = checkTemplatedUrl(value);
        return checked.ok ? new Secret(value) : refuse(node, path, decoder, checked);
      },
      print: (value) => (value === undefined ? undefined : MASK),
    },
    options,
  );
}

/** A Prometheus duration (`1d12h`). */
export function promDuration<O extends WithDefault<Duration>>(options: O): Field<Kept<Duration, O>> {
  const unset = (options.default === undefined ? undefined : duration(0)) as Kept<Duration, O>;
  return scalar<Kept<Duration, O>>(
    {
      kind: 'duration',
      initial: (options.default ?? unset) as Kept<Duration, O>,
      zero: unset,
      goType: 'string',
      read(node, path, decoder) {
        const parsed = parsePromDuration(decoder.textOf(node, path));
        return parsed.ok ? (parsed.value as Kept<Duration, O>) : refuse(node, path, decoder, parsed);
      },
      print(value) {
        if (value === undefined || (value === 0 && options.default !== undefined && !options.alwaysPrinted))
          return undefined;
        return formatPromDuration(value);
      },
    },
    options,
  );
}

export interface GoDurationOptions extends FieldOptions {
  readonly default: Duration;
  /** A bare number counts nanoseconds (timeouts); otherwise it is refused (Pushover). */
  readonly bareNumbers?: boolean;
}

/** A Go duration (`1m30s`, `1.5h`). */
export function goDuration(options: GoDurationOptions): Field<Duration> {
  const goType = options.bareNumbers ? 'time.Duration' : 'string';
  return scalar<Duration>(
    {
      kind: 'go-duration',
      initial: options.default,
      zero: duration(0),
      goType,
      read: (node, path, decoder) =>
        options.bareNumbers ? readNanos(node, path, decoder) : readGoDuration(node, path, decoder),
      print: (value) => (value === 0 && !options.alwaysPrinted ? undefined : formatGoDuration(value)),
    },
    options,
  );
}

function readGoDuration(node: ScalarNode, path: string, decoder: Decoder): Duration | Refused {
  const parsed = parseGoDuration(decoder.textOf(node, path));
  return parsed.ok ? parsed.value : refuse(node, path, decoder, parsed);
}

const NANOS_PER_MS = 1e6;

function readNanos(node: ScalarNode, path: string, decoder: Decoder): Duration | Refused {
  const { value } = decoder.resolve(node, path);
  if (value === null) return duration(0);
  if (typeof value === 'number' || typeof value === 'bigint') return duration(Math.trunc(Number(value)) / NANOS_PER_MS);
  const parsed = typeof value === 'string' ? parseGoDuration(value) : undefined;
  if (parsed?.ok) return parsed.value;
  decoder.wrongType(node, path, 'time.Duration', 'for example 10s or 1m30s');
  return REFUSED;
}

export function bool<O extends WithDefault<boolean>>(options: O): Field<Kept<boolean, O>> {
  const unset = (options.default === undefined ? undefined : false) as Kept<boolean, O>;
  return scalar<Kept<boolean, O>>(
    {
      kind: 'bool',
      initial: (options.default ?? unset) as Kept<boolean, O>,
      zero: unset,
      goType: 'bool',
      read(node, path, decoder) {
        const { value } = decoder.resolve(node, path);
        if (value === null) return unset;
        if (typeof value === 'boolean') return value as Kept<boolean, O>;
        decoder.wrongType(node, path, 'bool', 'true or false, without quotes');
        return REFUSED;
      },
      print(value) {
        if (value === undefined) return options.alwaysPrinted ? null : undefined;
        // One that may be unset prints also when it is false.
        return value || options.alwaysPrinted || options.default === undefined ? value : undefined;
      },
    },
    options,
  );
}

/** A bigint is judged as it is: rounded to a double it might just fit. */
function isWhole(value: unknown, min: bigint, max: bigint): boolean {
  if (typeof value === 'bigint') return value >= min && value <= max;
  return typeof value === 'number' && Math.trunc(value) >= Number(min) && Math.trunc(value) <= Number(max);
}

const INT64 = { min: -(1n << 63n), max: (1n << 63n) - 1n };
const UINT64 = { min: 0n, max: (1n << 64n) - 1n };

function integer(
  kind: 'int' | 'uint',
  goType: string,
  { min, max }: { min: bigint; max: bigint },
  options: WithDefault<number>,
): Field<number> {
  return scalar<number>(
    {
      kind,
      initial: options.default ?? 0,
      zero: 0,
      goType,
      read(node, path, decoder) {
        const { value } = decoder.resolve(node, path);
        if (value === null) return 0;
        if (isWhole(value, min, max)) return Math.trunc(Number(value)) + 0;
        decoder.wrongType(node, path, goType, kind === 'uint' ? 'a whole number, zero or more' : 'a whole number');
        return REFUSED;
      },
      print: (value) => (value === 0 && !options.alwaysPrinted ? undefined : BigInt(value)),
    },
    options,
  );
}

/** A whole number. A fraction is cut off, as Alertmanager does. */
export const int = (options: WithDefault<number> = {}): Field<number> => integer('int', 'int', INT64, options);
export const int64 = (options: WithDefault<number> = {}): Field<number> => integer('int', 'int64', INT64, options);
export const uint = (options: WithDefault<number> = {}): Field<number> => integer('uint', 'uint64', UINT64, options);

export function float(options: WithDefault<number> = {}): Field<number> {
  return scalar<number>(
    {
      kind: 'float',
      initial: options.default ?? 0,
      zero: 0,
      goType: 'float64',
      read(node, path, decoder) {
        const { value } = decoder.resolve(node, path);
        if (value === null) return 0;
        if (typeof value === 'number' || typeof value === 'bigint') return Number(value);
        decoder.wrongType(node, path, 'float64', 'a number');
        return REFUSED;
      },
      print: (value) => (value === 0 && !options.alwaysPrinted ? undefined : { float: value }),
    },
    options,
  );
}

export function refuse(
  node: YamlNode,
  path: string,
  decoder: Decoder,
  result: Result<never> | Result<unknown>,
): Refused {
  if (!result.ok) {
    for (const { code, message, hint } of result.issues) decoder.refuse(code, node.position, path, message, hint);
  }
  return REFUSED;
}
