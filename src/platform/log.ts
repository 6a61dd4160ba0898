import { quoteGo } from '../domain/matcher/index.js';
import type { Clock } from './clock.js';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type LogFormat = 'logfmt' | 'json';
export type LogFields = Readonly<Record<string, unknown>>;

/** Structured log lines in the shape of Alertmanager's (`time level source msg …`), on stderr. */
export interface Logger {
  /** Fields that are work to make come from a function, which is called when the line is printed. */
  debug(msg: string, fields?: LogFields | (() => LogFields)): void;
  info(msg: string, fields?: LogFields): void;
  warn(msg: string, fields?: LogFields): void;
  error(msg: string, fields?: LogFields): void;
  /** The same log with fields that stand on every line, say `component=dispatcher`. */
  with(fields: LogFields): Logger;
}

const RANK: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3 };

export interface LogOptions {
  readonly level: LogLevel;
  readonly format: LogFormat;
  readonly write: (line: string) => void;
  readonly clock: Pick<Clock, 'now'>;
}

export const createLogger = (options: LogOptions): Logger => new LineLogger(options, {});

class LineLogger implements Logger {
  readonly #least: number;

  constructor(
    private readonly options: LogOptions,
    private readonly base: LogFields,
  ) {
    this.#least = RANK[options.level];
  }

  debug(msg: string, fields?: LogFields | (() => LogFields)): void {
    this.#print('debug', msg, fields);
  }

  info(msg: string, fields?: LogFields): void {
    this.#print('info', msg, fields);
  }

  warn(msg: string, fields?: LogFields): void {
    this.#print('warn', msg, fields);
  }

  error(msg: string, fields?: LogFields): void {
    this.#print('error', msg, fields);
  }

  with(fields: LogFields): Logger {
    return new LineLogger(this.options, { ...this.base, ...fields });
  }

  #print(level: LogLevel, msg: string, fields: LogFields | (() => LogFields) = {}): void {
    if (RANK[level] < this.#least) return;
    const { options } = this;
    const line = {
      time: new Date(options.clock.now()).toISOString(),
      level: level.toUpperCase(),
      msg,
      ...this.base,
      ...(typeof fields === 'function' ? fields() : fields),
    };
    options.write(`${options.format === 'json' ? JSON.stringify(line, errorsAsText) : logfmt(line)}\n`);
  }
}

export const silentLogger: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  with: () => silentLogger,
};

const errorsAsText = (_key: string, value: unknown): unknown => (value instanceof Error ? errorText(value) : value);

const logfmt = (line: LogFields): string =>
  Object.entries(line)
    .map(([key, value]) => `${key}=${logfmtValue(value)}`)
    .join(' ');

function logfmtValue(value: unknown): string {
  const text =
    typeof value === 'string' ? value : value instanceof Error ? errorText(value) : (JSON.stringify(value) ?? '');
  return /^[^\s="\\\p{Cc}]+$/u.test(text) ? text : quoteGo(text);
}

/** An error with all its causes, outermost first. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}: ${errorText(error.cause)}`;
}
