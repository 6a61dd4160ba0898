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
import type { MappingEntry, YamlNode } from './node.js';
import { explainSyntax } from './syntax-message.js';

/** Far beyond any configuration; the text is held several times while it is read. */
const MAX_LENGTH = 16 * 1024 * 1024;
/** Deeper than any configuration; the reader recurses. */
const MAX_DEPTH = 200;

export interface ParsedYaml {
  /** Undefined when there is nothing but blanks and comments. */
  readonly root: YamlNode | undefined;
}

export function parseYaml(text: string, file?: string): Result<ParsedYaml> {
  const lines = new LineCounter();
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { ...(file === undefined ? {} : { file }), line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  if (text.length > MAX_LENGTH) return failed(syntax(at(0), `the file is larger than ${MAX_LENGTH} characters`));
  const control = CONTROL_CHARACTER.exec(text);
  try {
    const document = firstDocument(text, lines);
    if (control) return failed(syntax(positionIn(text, control.index, file), 'control characters are not allowed'));
    if (!document) return ok({ root: undefined });
    const version = document.directives?.yaml;
    if (version?.explicit && version.version !== '1.1')
      return failed(syntax(at(0), 'found incompatible YAML document'));
    const error = document.errors[0];
    if (error) return failed(syntax(at(error.pos[0]), explainSyntax(error.code, error.message)));
    return ok({ root: new NodeReader(text, at).read(document.contents) });
  } catch (error) {
    if (error instanceof Unreadable) return failed(syntax(at(error.offset), error.message));
    // The parser recurses: text that is too deep for it in a way the check before could not see ends here.
    if (error instanceof RangeError) return failed(syntax(at(0), `exceeded max depth of ${MAX_DEPTH}`));
    throw error;
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

function firstDocument(text: string, lines: LineCounter): Document.Parsed | undefined {
  const composer = new Composer({
    version: '1.1',
    schema: 'failsafe',
    merge: false,
    uniqueKeys: false,
    logLevel: 'silent',
  });
  for (const token of new Parser(lines.addNewLine).parse(text)) {
    checkDepth(token);
    for (const document of composer.next(token)) return document;
  }
  for (const document of composer.end()) return document;
  return undefined;
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

interface Anchor {
  node: YamlNode | undefined;
}

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
    return { kind: 'alias', name, target: () => anchor.node, position: this.at(offset) };
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

function positionIn(text: string, offset: number, file: string | undefined): Position {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { ...(file === undefined ? {} : { file }), line, column: offset - before.lastIndexOf('\n') };
}

const syntax = (position: Position, message: string): Issue => ({ code: 'yaml-syntax', path: '', message, position });
