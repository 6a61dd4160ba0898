/**
 * Text → the first YAML document in it, as untyped nodes that know their place.
 *
 * Keeps: never throws; bounded in size and depth, so that hostile text ends in an issue and costs little.
 */
import {
  type CST,
  Composer,
  type Document,
  LineCounter,
  type Node,
  Parser,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
} from 'yaml';
import { type Issue, type Position, type Result, failed, ok } from '../../domain/issue/index.js';
import type { Anchor, MappingEntry, YamlNode } from './node.js';
import { type Shifts, findUnfinished, moveRight } from './loose-indent.js';
import { explainSyntax } from './syntax-message.js';

/** Far beyond any configuration; the text is held several times while it is read. */
export const MAX_LENGTH = 8 * 1024 * 1024;
/** Deeper than any configuration; the reader recurses. */
const MAX_DEPTH = 200;

export interface ParsedYaml {
  /** Undefined when there is nothing but blanks and comments. */
  readonly root: YamlNode | undefined;
}

export function parseYaml(text: string, file?: string): Result<ParsedYaml> {
  const start: Position = { ...(file === undefined ? {} : { file }), line: 1, column: 1 };
  if (text.length > MAX_LENGTH) return failed(syntax(start, `the file is larger than ${MAX_LENGTH} characters`));
  const control = CONTROL_CHARACTER.exec(text);
  if (control) return failed(syntax(positionIn(text, control.index, start), 'control characters are not allowed'));
  const reading = new Reading(text.replaceAll(OTHER_LINE_BREAK, '\n'), start);
  try {
    const document = reading.firstDocument();
    if (!document) return ok({ root: undefined });
    const version = document.directives?.yaml;
    if (version?.explicit && version.version !== '1.1')
      return failed(syntax(start, 'found incompatible YAML document'));
    const error = document.errors[0];
    if (error) return failed(syntax(reading.at(error.pos[0]), explainSyntax(error.code, error.message)));
    return ok({ root: new NodeReader(reading.text, (offset) => reading.at(offset)).read(document.contents) });
  } catch (error) {
    if (error instanceof Unreadable) return failed(syntax(reading.at(error.offset), error.message));
    // The parser recurses: text that is too deep for it in a way the check before could not see ends here.
    if (error instanceof RangeError) return failed(syntax(start, `exceeded max depth of ${MAX_DEPTH}`));
    throw error;
  }
}

/** Line breaks of YAML 1.1 that the parser does not know. Each is replaced by one character, so positions hold. */
const OTHER_LINE_BREAK = /\r(?!\n)|\u0085/g;

/** How often a text is read again with lines moved: one reading mends all that it can see. */
const MAX_READINGS = 12;

/** The text as the parser gets it, and the way back to where things stood. */
class Reading {
  #lines = new LineCounter();
  readonly #shifts: Shifts = new Map();

  constructor(
    public text: string,
    private readonly start: Position,
  ) {}

  at(offset: number): Position {
    const { line, col } = this.#lines.linePos(offset);
    return { ...this.start, line: Math.max(line, 1), column: Math.max(col - (this.#shifts.get(line) ?? 0), 1) };
  }

  firstDocument(): Document.Parsed | undefined {
    for (let reading = 1; ; reading++) {
      this.#lines = new LineCounter();
      const { document, token } = parseFirst(this.text, this.#lines);
      if (!document || !token || document.errors.length === 0 || reading === MAX_READINGS) return document;
      const moved = moveRight(this.text, findUnfinished(token), this.#shifts);
      if (moved === undefined) return document;
      this.text = moved;
    }
  }
}

/** A fault that the parser lets pass. */
class Unreadable extends Error {
  constructor(
    readonly offset: number,
    message: string,
  ) {
    super(message);
  }
}

// oxlint-disable-next-line no-control-regex -- these are the characters to find
const CONTROL_CHARACTER = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]/;

interface First {
  readonly document: Document.Parsed | undefined;
  readonly token: CST.Token | undefined;
}

function parseFirst(text: string, lines: LineCounter): First {
  const composer = new Composer({
    version: '1.1',
    schema: 'failsafe',
    merge: false,
    uniqueKeys: false,
    logLevel: 'silent',
  });
  let last: CST.Token | undefined;
  for (const token of new Parser(lines.addNewLine).parse(text)) {
    checkDepth(token);
    if (token.type === 'document') last = token;
    for (const document of composer.next(token)) return { document, token: last };
  }
  for (const document of composer.end()) return { document, token: last };
  return { document: undefined, token: last };
}

/** Walks the tokens without recursion. */
function checkDepth(token: CST.Token): void {
  if (token.type !== 'document') return;
  const pending: { token: CST.Token; depth: number }[] = token.value ? [{ token: token.value, depth: 1 }] : [];
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (next.depth > MAX_DEPTH) throw new Unreadable(next.token.offset, `exceeded max depth of ${MAX_DEPTH}`);
    if (!('items' in next.token)) continue;
    for (const { key, value } of next.token.items) {
      if (key) pending.push({ token: key, depth: next.depth + 1 });
      if (value) pending.push({ token: value, depth: next.depth + 1 });
    }
  }
}

const NULL_TAG = 'tag:yaml.org,2002:null';

/** The parser's nodes → ours. An alias means the last anchor of that name before it. */
class NodeReader {
  readonly #anchors = new Map<string, Anchor>();

  constructor(
    private readonly text: string,
    private readonly at: (offset: number) => Position,
  ) {}

  read(node: unknown): YamlNode {
    // Pairs of the parser hold nodes, or null where nothing is written.
    if (!isNode(node)) return { kind: 'scalar', text: '', plain: true, tag: NULL_TAG, position: this.at(0) };
    const offset = node.range?.[0] ?? 0;
    if (isAlias(node)) return this.#alias(node.source, offset);
    const anchor: Anchor = { node: undefined };
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, anchor);
    anchor.node = this.#container(node, offset) ?? this.#scalar(node, offset);
    return anchor.node;
  }

  #alias(name: string, offset: number): YamlNode {
    const anchor = this.#anchors.get(name);
    if (!anchor) throw new Unreadable(offset, `unknown anchor '${name}' referenced`);
    return { kind: 'alias', name, anchor, position: this.at(offset) };
  }

  #container(node: Node, offset: number): YamlNode | undefined {
    const tag = longTag(node.tag);
    if (isMap(node)) {
      const entries = node.items.map(({ key, value }): MappingEntry => {
        const name = this.read(key);
        return { key: name, value: isNode(value) ? this.read(value) : emptyAt(name.position) };
      });
      return { kind: 'mapping', tag, entries, position: this.at(offset) };
    }
    if (!isSeq(node)) return undefined;
    return { kind: 'sequence', tag, items: node.items.map((item) => this.read(item)), position: this.at(offset) };
  }

  #scalar(node: Node, offset: number): YamlNode {
    if (!isScalar(node)) throw new Unreadable(offset, 'did not find expected node content');
    if (node.type === 'QUOTE_DOUBLE') this.#checkEscapes(node, offset);
    const tag = longTag(node.tag);
    const plain = tag === '' && (node.type === undefined || node.type === 'PLAIN');
    return { kind: 'scalar', text: String(node.value ?? ''), plain, tag, position: this.at(offset) };
  }

  #checkEscapes(node: Node, offset: number): void {
    const source = this.text.slice(offset, node.range?.[1]);
    for (const [escape] of source.matchAll(ESCAPED_SURROGATE)) {
      if (escape.length > 2) throw new Unreadable(offset, 'found invalid Unicode character escape code');
    }
  }
}

/** `\uD83D` is half a character; two of them do not make one in YAML. */
const ESCAPED_SURROGATE = /\\(?:u[dD][89a-fA-F]|.)/gs;

const emptyAt = (position: Position): YamlNode => ({ kind: 'scalar', text: '', plain: true, tag: '', position });

/** `!` alone says "not a plain scalar": text, for a scalar. */
function longTag(tag: string | undefined): string {
  if (tag === undefined) return '';
  return tag === '!' ? 'tag:yaml.org,2002:str' : tag;
}

function positionIn(text: string, offset: number, start: Position): Position {
  const before = text.slice(0, offset);
  return { ...start, line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

const syntax = (position: Position, message: string): Issue => ({ code: 'yaml-syntax', path: '', message, position });
