/**
 * Go's fmt: `Sprint`, `Sprintln` and `Sprintf` with all verbs and flags.
 *
 * Nothing here fails: what a verb cannot show is printed as a note, `%!d(string=x)`, as Go does.
 */
import { GoString, type Value, typeOf, unwrap } from '../value/values.js';
import { DEFAULT_FLAGS, type Flags } from './flags.js';
import { printArg, printVerbatim } from './print-value.js';

/** Separates two operands by a space when neither is text. */
export function sprint(args: readonly Value[]): string {
  let out = '';
  let previousIsText = false;
  args.forEach((arg, index) => {
    const value = unwrap(arg);
    const isText = typeof value === 'string' || value instanceof GoString;
    if (index > 0 && !isText && !previousIsText) out += ' ';
    out += typeof value === 'string' ? value : printVerbatim(value);
    previousIsText = isText;
  });
  return out;
}

export const sprintln = (args: readonly Value[]): string =>
  `${args.map((arg) => printVerbatim(unwrap(arg))).join(' ')}\n`;

/** Beyond this a width or precision is a mistake; Go draws the line at the same number. */
const MAX_WIDTH = 1_000_000;

export function sprintf(format: string, args: readonly Value[], charge: (units: number) => void): string {
  return new Formatter(format, args.map(unwrap), charge).run();
}

class Formatter {
  #out = '';
  #at = 0;
  #arg = 0;
  #reordered = false;
  #goodIndex = true;
  #afterIndex = false;

  constructor(
    readonly format: string,
    readonly args: readonly Value[],
    readonly charge: (units: number) => void,
  ) {}

  run(): string {
    const { format } = this;
    while (this.#at < format.length) {
      this.#goodIndex = true;
      const percent = format.indexOf('%', this.#at);
      if (percent < 0) {
        this.#out += format.slice(this.#at);
        break;
      }
      this.#out += format.slice(this.#at, percent);
      this.#at = percent + 1;
      if (!this.#directive()) break;
    }
    if (!this.#reordered && this.#arg < this.args.length) this.#extra();
    return this.#out;
  }

  /** False at the end of the format. */
  #directive(): boolean {
    const flags: Flags = { ...DEFAULT_FLAGS };
    this.#afterIndex = false;
    this.#readFlags(flags);
    this.#readIndex();
    this.#readWidth(flags);
    this.#readPrecision(flags);
    if (!this.#afterIndex) this.#readIndex();
    if (this.#at >= this.format.length) {
      this.#out += '%!(NOVERB)';
      return false;
    }
    const verb = String.fromCodePoint(this.format.codePointAt(this.#at) as number);
    this.#at += verb.length;
    this.#print(verb, flags);
    return true;
  }

  #print(verb: string, flags: Flags): void {
    if (verb === '%') this.#out += '%';
    else if (!this.#goodIndex) this.#out += `%!${verb}(BADINDEX)`;
    else if (this.#arg >= this.args.length) this.#out += `%!${verb}(MISSING)`;
    else {
      if (verb === 'v' || verb === 'w') {
        flags.sharpV = flags.sharp;
        flags.sharp = false;
        flags.plusV = flags.plus;
        flags.plus = false;
      }
      this.charge((flags.width >> 3) + (flags.precision ?? 0));
      this.#out += printArg(this.args[this.#arg++], verb, flags);
    }
  }

  #readFlags(flags: Flags): void {
    for (; ; this.#at++) {
      switch (this.format[this.#at]) {
        case '#':
          flags.sharp = true;
          break;
        case '0':
          flags.zero = true;
          break;
        case '+':
          flags.plus = true;
          break;
        case '-':
          flags.minus = true;
          break;
        case ' ':
          flags.space = true;
          break;
        default:
          return;
      }
    }
  }

  #readWidth(flags: Flags): void {
    if (this.format[this.#at] === '*') {
      this.#at++;
      const width = this.#intArg();
      if (width === undefined) this.#out += '%!(BADWIDTH)';
      else {
        flags.hasWidth = true;
        flags.width = Math.abs(width);
        if (width < 0) {
          flags.minus = true;
          flags.zero = false;
        }
      }
      this.#afterIndex = false;
      return;
    }
    const width = this.#number();
    if (width === undefined) return;
    flags.hasWidth = true;
    flags.width = width;
    if (this.#afterIndex) this.#goodIndex = false;
  }

  #readPrecision(flags: Flags): void {
    if (this.format[this.#at] !== '.' || this.#at + 1 >= this.format.length) return;
    this.#at++;
    if (this.#afterIndex) this.#goodIndex = false;
    this.#readIndex();
    if (this.format[this.#at] === '*') {
      this.#at++;
      const precision = this.#intArg();
      if (precision === undefined || precision < 0) this.#out += '%!(BADPREC)';
      else flags.precision = precision;
      this.#afterIndex = false;
      return;
    }
    flags.precision = this.#number() ?? 0;
  }

  /** `[3]` */
  #readIndex(): void {
    if (this.format[this.#at] !== '[') {
      this.#afterIndex = false;
      return;
    }
    this.#reordered = true;
    const close = this.format.indexOf(']', this.#at + 1);
    if (close < 0 || this.format.length - this.#at < 3) {
      this.#goodIndex = false;
      this.#afterIndex = false;
      this.#at++;
      return;
    }
    const digits = this.format.slice(this.#at + 1, close);
    const index = /^\d{1,7}$/.test(digits) ? Number(digits) - 1 : -1;
    this.#afterIndex = index >= 0 || digits === '0';
    this.#at = close + 1;
    if (index >= 0 && index < this.args.length) this.#arg = index;
    else this.#goodIndex = false;
  }

  /** A number that is far too long swallows the rest of the format. */
  #number(): number | undefined {
    let value: number | undefined;
    for (; /[0-9]/.test(this.format[this.#at] ?? ''); this.#at++) {
      if (value !== undefined && value > MAX_WIDTH) {
        this.#at = this.format.length;
        return undefined;
      }
      value = (value ?? 0) * 10 + Number(this.format[this.#at]);
    }
    return value;
  }

  #intArg(): number | undefined {
    const type = typeOf(this.args[this.#arg]);
    if (this.#arg >= this.args.length) return undefined;
    const value = this.args[this.#arg++];
    if (type?.kind !== 'int' && type?.kind !== 'uint') return undefined;
    const number = Number(typeof value === 'object' && 'value' in value ? value.value : value);
    return Math.abs(number) > MAX_WIDTH ? undefined : number;
  }

  #extra(): void {
    const rest = this.args.slice(this.#arg).map((arg) => {
      const type = typeOf(arg);
      return type ? `${type.name}=${printVerbatim(arg)}` : '<nil>';
    });
    this.#out += `%!(EXTRA ${rest.join(', ')})`;
  }
}
