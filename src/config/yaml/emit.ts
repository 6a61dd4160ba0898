/**
 * Prints values as YAML, byte for byte as Go's yaml.v2 does: two spaces, lists at the level of their key, quotes only where
 * they are needed, long texts folded at spaces once a line has passed 80 columns.
 *
 * Alertmanager shows its configuration in this form in /status, and tools compare it.
 */
import { type PrintedMap, type Printed, formatFloat } from './print.js';
import { type ScalarShape, shapeOf } from './scalar-shape.js';
import { resolvePlain } from './resolve.js';

const INDENT = 2;
const WIDTH = 80;
/** A longer key is written in the explicit form (`? key`). */
const MAX_SIMPLE_KEY_BYTES = 128;
const BASE_60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

type Style = 'plain' | 'single' | 'double' | 'literal';
/** Whether a node is the value of a mapping, an item of a list, a key, or the root. */
type Context = 'root' | 'value' | 'item' | 'key';

export function emitYaml(value: Printed): string {
  const emitter = new Emitter();
  emitter.node(value, 'root');
  return emitter.finish();
}

class Emitter {
  readonly #out: string[] = [];
  #column = 0;
  #indent = -1;
  #flowLevel = 0;
  /** The last thing written was white space. */
  #whitespace = true;
  /** Nothing but indentation (and list dashes) stands on the line. */
  #indention = true;
  #wantsFlow = false;

  finish(): string {
    // The document ends with its last line.
    if (this.#column > 0) this.#break();
    return this.#out.join('');
  }

  node(value: Printed, context: Context): void {
    if (typeof value === 'string') this.#text(value, context);
    else if (value === null || typeof value !== 'object')
      this.#scalar(value === null ? 'null' : String(value), 'plain', context);
    else if (isList(value)) this.#list(value, context);
    else if ('float' in value) this.#scalar(formatFloat(value.float), 'plain', context);
    else this.#map(value, context);
  }

  #list(items: readonly Printed[], context: Context): void {
    const flow = this.#takeFlow();
    if (flow || this.#flowLevel > 0 || items.length === 0) return this.#flowList(items);
    const outer = this.#increaseIndent(false, context === 'value' && !this.#indention);
    for (const item of items) {
      this.#writeIndent();
      this.#indicator('-', true, false, true);
      this.node(item, 'item');
    }
    this.#indent = outer;
  }

  #flowList(items: readonly Printed[]): void {
    this.#indicator('[', true, true, false);
    const outer = this.#increaseIndent(true, false);
    this.#flowLevel++;
    items.forEach((item, index) => {
      if (index > 0) this.#indicator(',', false, false, false);
      if (this.#column > WIDTH) this.#writeIndent();
      this.node(item, 'item');
    });
    this.#flowLevel--;
    this.#indent = outer;
    this.#indicator(']', false, false, false);
  }

  #map(map: PrintedMap, context: Context): void {
    const flow = this.#takeFlow();
    if (flow || this.#flowLevel > 0 || map.entries.length === 0) return this.#flowMap(map);
    const outer = this.#increaseIndent(false, false);
    for (const [key, value, wantsFlow] of map.entries) {
      this.#writeIndent();
      const simple = this.#key(key);
      if (!simple) this.#writeIndent();
      this.#indicator(':', !simple, false, !simple);
      if (wantsFlow !== undefined) this.#wantsFlow = wantsFlow;
      this.node(value, 'value');
    }
    this.#indent = outer;
    if (context === 'root') this.#wantsFlow = false;
  }

  #flowMap(map: PrintedMap): void {
    this.#indicator('{', true, true, false);
    const outer = this.#increaseIndent(true, false);
    this.#flowLevel++;
    map.entries.forEach(([key, value, wantsFlow], index) => {
      if (index > 0) this.#indicator(',', false, false, false);
      if (this.#column > WIDTH) this.#writeIndent();
      const simple = this.#key(key);
      if (!simple && this.#column > WIDTH) this.#writeIndent();
      this.#indicator(':', !simple, false, false);
      if (wantsFlow !== undefined) this.#wantsFlow = wantsFlow;
      this.node(value, 'value');
    });
    this.#flowLevel--;
    this.#indent = outer;
    this.#indicator('}', false, false, false);
  }

  /** Writes a key; answers whether it has the simple form. */
  #key(key: Printed): boolean {
    const simple = typeof key !== 'string' || isSimpleKey(key);
    if (!simple) this.#indicator('?', true, false, this.#flowLevel === 0);
    this.node(key, simple ? 'key' : 'value');
    return simple;
  }

  #takeFlow(): boolean {
    const wanted = this.#wantsFlow;
    this.#wantsFlow = false;
    return wanted;
  }

  #text(text: string, context: Context): void {
    if (text.includes('\n')) return this.#scalar(text, 'literal', context);
    const readsAsText = resolvePlain(text).tag === 'tag:yaml.org,2002:str' && !BASE_60.test(text);
    this.#scalar(text, readsAsText ? 'plain' : 'double', context);
  }

  #scalar(text: string, wanted: Style, context: Context): void {
    const style = this.#chooseStyle(text, wanted, context);
    const mayFold = context !== 'key';
    const outer = this.#increaseIndent(true, false);
    if (style === 'plain') this.#plain(text, mayFold);
    else if (style === 'single') this.#single(text, mayFold);
    else if (style === 'double') this.#double(text, mayFold);
    else this.#literal(text);
    this.#indent = outer;
  }

  #chooseStyle(text: string, wanted: Style, context: Context): Style {
    const shape: ScalarShape = shapeOf(text);
    const tight = this.#flowLevel > 0 || context === 'key';
    let style = wanted;
    if (context === 'key' && shape.multiline) style = 'double';
    if (style === 'plain') {
      const allowed = this.#flowLevel > 0 ? shape.flowPlain : shape.blockPlain;
      if (!allowed || (text === '' && tight)) style = 'single';
    }
    if (style === 'single' && !shape.singleQuoted) style = 'double';
    if (style === 'literal' && (!shape.block || tight)) style = 'double';
    return style;
  }

  #plain(text: string, mayFold: boolean): void {
    // An empty text in plain style is nothing at all, but for the space before it.
    if (!this.#whitespace) this.#put(' ');
    this.#foldable(text, mayFold, false);
    this.#whitespace = false;
    this.#indention = false;
  }

  #single(text: string, mayFold: boolean): void {
    this.#indicator("'", true, false, false);
    this.#foldable(text, mayFold, true);
    this.#indicator("'", false, false, false);
  }

  /** Line breaks are doubled, single spaces may become one where the line is long enough. */
  #foldable(text: string, mayFold: boolean, quoted: boolean): void {
    const chars = [...text];
    let spaces = false;
    let breaks = false;
    chars.forEach((char, i) => {
      if (char === ' ') {
        const inside = !quoted || (i > 0 && i < chars.length - 1);
        const fold = mayFold && !spaces && this.#column > WIDTH && inside && chars[i + 1] !== ' ';
        if (fold) this.#writeIndent();
        else this.#put(char);
        spaces = true;
      } else if (isBreak(char)) {
        if (!breaks && char === '\n') this.#break();
        this.#writeBreak(char);
        this.#indention = true;
        breaks = true;
      } else {
        if (breaks) this.#writeIndent();
        if (quoted && char === "'") this.#put("'");
        this.#put(char);
        this.#indention = false;
        spaces = false;
        breaks = false;
      }
    });
  }

  #double(text: string, mayFold: boolean): void {
    this.#indicator('"', true, false, false);
    const chars = [...text];
    let spaces = false;
    chars.forEach((char, i) => {
      if (char !== ' ') {
        for (const out of escapeChar(char)) this.#put(out);
        spaces = false;
        return;
      }
      if (mayFold && !spaces && this.#column > WIDTH && i > 0 && i < chars.length - 1) {
        this.#writeIndent();
        if (chars[i + 1] === ' ') this.#put('\\');
      } else this.#put(char);
      spaces = true;
    });
    this.#indicator('"', false, false, false);
  }

  #literal(text: string): void {
    this.#indicator('|', true, false, false);
    const chars = [...text];
    const first = chars[0] ?? '';
    if (first === ' ' || isBreak(first)) this.#indicator(String(INDENT), false, false, false);
    const hint = chompingHint(chars);
    if (hint !== '') this.#indicator(hint, false, false, false);
    this.#break();
    this.#indention = true;
    this.#whitespace = true;
    let breaks = true;
    for (const char of chars) {
      if (isBreak(char)) {
        this.#writeBreak(char);
        this.#indention = true;
        breaks = true;
        continue;
      }
      if (breaks) this.#writeIndent();
      this.#put(char);
      this.#indention = false;
      breaks = false;
    }
  }

  #increaseIndent(flow: boolean, indentless: boolean): number {
    const outer = this.#indent;
    if (outer < 0) this.#indent = flow ? INDENT : 0;
    else if (!indentless) this.#indent += INDENT;
    return outer;
  }

  #writeIndent(): void {
    const indent = Math.max(this.#indent, 0);
    if (!this.#indention || this.#column > indent || (this.#column === indent && !this.#whitespace)) this.#break();
    while (this.#column < indent) this.#put(' ');
    this.#whitespace = true;
    this.#indention = true;
  }

  #indicator(text: string, needsSpace: boolean, isWhitespace: boolean, isIndention: boolean): void {
    if (needsSpace && !this.#whitespace) this.#put(' ');
    this.#put(text);
    this.#whitespace = isWhitespace;
    this.#indention = this.#indention && isIndention;
  }

  #put(char: string): void {
    this.#out.push(char);
    this.#column += char.length > 1 && char.codePointAt(0)! > 0xffff ? 1 : char.length;
  }

  #break(): void {
    this.#out.push('\n');
    this.#column = 0;
  }

  #writeBreak(char: string): void {
    this.#out.push(char);
    this.#column = 0;
  }
}

const isList = (value: object): value is readonly Printed[] => Array.isArray(value);

const isBreak = (char: string): boolean =>
  char === '\n' || char === '\r' || char === '\u0085' || char === '\u2028' || char === '\u2029';

const isSimpleKey = (key: string): boolean => !shapeOf(key).multiline && Buffer.byteLength(key) <= MAX_SIMPLE_KEY_BYTES;

/** `-` cuts the last line break off, `+` keeps those that follow it. */
function chompingHint(chars: readonly string[]): string {
  const last = chars.at(-1);
  if (last === undefined || !isBreak(last)) return '-';
  return chars.length === 1 || isBreak(chars.at(-2) ?? '') ? '+' : '';
}

const ESCAPES: ReadonlyMap<number, string> = new Map([
  [0x00, '0'],
  [0x07, 'a'],
  [0x08, 'b'],
  [0x09, 't'],
  [0x0a, 'n'],
  [0x0b, 'v'],
  [0x0c, 'f'],
  [0x0d, 'r'],
  [0x1b, 'e'],
  [0x22, '"'],
  [0x5c, '\\'],
  [0x85, 'N'],
  [0xa0, '_'],
  [0x2028, 'L'],
  [0x2029, 'P'],
]);

function escapeChar(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  const verbatim = shapeOf(char).printable && !isBreak(char) && char !== '"' && char !== '\\' && code !== 0xfeff;
  if (verbatim) return char;
  const short = ESCAPES.get(code);
  if (short !== undefined) return `\\${short}`;
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
