import type { MatcherMode } from '../../domain/labels/index.js';
import type { Issue, IssueCode, Position } from '../../domain/issue/index.js';
import type { MappingNode, ScalarNode, YamlNode } from '../yaml/node.js';
import { type Resolved, resolveNode, shortTag } from '../yaml/resolve.js';
import type { Report } from './report.js';

/** Where an object of settings came from, so that a rule that is applied later can still point into the file. */
export interface Origin {
  readonly path: string;
  readonly position: Position;
  readonly keys: ReadonlyMap<string, Position>;
  /** Keys whose values could not be read. */
  readonly refused: ReadonlySet<string>;
  /** No issue that Alertmanager would have collected instead of stopping was found inside. */
  readonly clean: boolean;
}

/**
 * Alertmanager stops at the first broken rule and forgets what it had collected until then (types, unknown keys). We report
 * everything, ordered so that the first issue is the one that Alertmanager would print.
 */
type Rank = 'stopping' | 'collected' | 'further';

/** Above this many visits, the share of them that comes from aliases is bounded (the bounds are those of yaml.v2). */
const ALIAS_CHECK_FROM = 1_000;
const ALIAS_FREE_UP_TO = 400_000;
const ALIAS_STRICT_FROM = 4_000_000;
/** More issues than anyone reads; beyond it they are only counted. */
const MAX_ISSUES = 200;

/** Ends the decoding of a document whose structure cannot be followed to the end. */
export class DecodingStopped extends Error {
  constructor(readonly issue: Issue) {
    super(issue.message);
  }
}

export interface DecoderOptions {
  readonly mode: MatcherMode;
}

/** What one run of decoding keeps: issues in order, aliases being followed, where each object came from. */
export class Decoder {
  readonly #issues: Record<Rank, Issue[]> = { stopping: [], collected: [], further: [] };
  readonly #warnings: string[] = [];
  readonly #origins = new WeakMap<object, Origin>();
  readonly #following = new Set<YamlNode>();
  #visits = 0;
  #aliasVisits = 0;
  #aliasDepth = 0;
  #issueCount = 0;
  #collectedCount = 0;

  constructor(readonly options: DecoderOptions) {}

  /** Calls `read` with the node, or with what it is an alias of. */
  visit<T>(node: YamlNode, path: string, read: (node: Exclude<YamlNode, { kind: 'alias' }>) => T): T {
    this.#countVisit(node, path);
    if (node.kind !== 'alias') return read(node);
    const target = node.anchor.node;
    if (target === undefined || this.#following.has(node)) {
      throw this.#stop(node, path, `anchor '${node.name}' value contains itself`);
    }
    this.#following.add(node);
    this.#aliasDepth++;
    try {
      return this.visit(target, path, read);
    } finally {
      this.#aliasDepth--;
      this.#following.delete(node);
    }
  }

  /** The type and value that Alertmanager sees in a scalar when nothing else is known of it. */
  resolve(node: ScalarNode, path: string): Resolved {
    const resolved = resolveNode(node);
    if ('problem' in resolved) throw this.#stop(node, path, resolved.problem);
    return resolved;
  }

  /** The text of a scalar for a setting that takes text: whatever was written, `""` for null. */
  textOf(node: ScalarNode, path: string): string {
    const resolved = this.resolve(node, path);
    if (resolved.value === null) return '';
    return resolved.tag === 'tag:yaml.org,2002:binary' ? String(resolved.value) : node.text;
  }

  /** Notes a value of the wrong type, in yaml.v2's words. */
  wrongType(node: Exclude<YamlNode, { kind: 'alias' }>, path: string, into: string, hint?: string): void {
    const tag = node.tag || impliedTag(node);
    const shown = node.kind === 'scalar' ? ` \`${shorten(node.text)}\`` : '';
    this.collect('wrong-type', node.position, path, `cannot unmarshal ${shortTag(tag)}${shown} into ${into}`, hint);
  }

  /** Notes something that Alertmanager collects over the whole document. */
  collect(code: IssueCode, position: Position, path: string, message: string, hint?: string): void {
    this.#collectedCount++;
    this.#note('collected', code, position, path, message, hint);
  }

  /** Notes a value that breaks a rule of its own. */
  refuse(code: IssueCode, position: Position, path: string, message: string, hint?: string): void {
    this.#note('stopping', code, position, path, message, hint);
  }

  /** How the rules of one object speak up. */
  reporter(origin: Origin): Report {
    return (code, key, message, hint) => {
      const position = (key === undefined ? undefined : origin.keys.get(key)) ?? origin.position;
      const path = key === undefined ? origin.path : joinPath(origin.path, key);
      this.#note(origin.clean ? 'stopping' : 'further', code, position, path, message, hint);
    };
  }

  /** The reporter of an object that was read earlier. */
  reporterOf(settings: object): Report {
    const origin = this.#origins.get(settings);
    return this.reporter(
      origin
        ? { ...origin, clean: this.isClean }
        : { path: '', position: START, keys: new Map(), refused: new Set(), clean: this.isClean },
    );
  }

  remember(settings: object, origin: Origin): void {
    this.#origins.set(settings, origin);
  }

  originOf(settings: object): Origin | undefined {
    return this.#origins.get(settings);
  }

  /** Notes something that works but should be written otherwise. */
  warn(node: YamlNode, path: string, message: string): void {
    if (this.#warnings.length >= MAX_ISSUES) return;
    const { file, line, column } = node.position;
    this.#warnings.push(`${file === undefined ? '' : `${file}:`}${line}:${column}: ${path}: ${message}`);
  }

  /** Beyond this, issues are only counted: no need to think about hints. */
  get isFull(): boolean {
    return this.#issueCount >= MAX_ISSUES;
  }

  get collectedCount(): number {
    return this.#collectedCount;
  }

  get isClean(): boolean {
    return this.#issues.collected.length === 0;
  }

  get issues(): readonly Issue[] {
    return [...this.#issues.stopping, ...this.#issues.collected, ...this.#issues.further];
  }

  get warnings(): readonly string[] {
    return this.#warnings;
  }

  #note(rank: Rank, code: IssueCode, position: Position, path: string, message: string, hint?: string): void {
    if (++this.#issueCount > MAX_ISSUES) return;
    this.#issues[rank].push({ code, path, message, position, ...(hint === undefined ? {} : { hint }) });
  }

  #countVisit(node: YamlNode, path: string): void {
    this.#visits++;
    if (this.#aliasDepth > 0) this.#aliasVisits++;
    if (this.#aliasVisits <= 100 || this.#visits <= ALIAS_CHECK_FROM) return;
    if (this.#aliasVisits / this.#visits > allowedAliasShare(this.#visits)) {
      throw this.#stop(node, path, 'document contains excessive aliasing');
    }
  }

  #stop(node: YamlNode, path: string, message: string): DecodingStopped {
    return new DecodingStopped({ code: 'yaml-syntax', path, message, position: node.position });
  }

  /** For rules of the structure itself (merge keys, map keys). */
  stop(node: YamlNode, path: string, message: string): never {
    throw this.#stop(node, path, message);
  }
}

const START: Position = { line: 1, column: 1 };

export const joinPath = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);

function allowedAliasShare(visits: number): number {
  if (visits <= ALIAS_FREE_UP_TO) return 0.99;
  if (visits >= ALIAS_STRICT_FROM) return 0.1;
  return 0.99 - 0.89 * ((visits - ALIAS_FREE_UP_TO) / (ALIAS_STRICT_FROM - ALIAS_FREE_UP_TO));
}

function impliedTag(node: ScalarNode | MappingNode | { kind: 'sequence' }): string {
  if (node.kind === 'mapping') return 'tag:yaml.org,2002:map';
  if (node.kind === 'sequence') return 'tag:yaml.org,2002:seq';
  const resolved = resolveNode(node);
  return 'problem' in resolved ? 'tag:yaml.org,2002:str' : resolved.tag;
}

/** Alertmanager shows ten bytes of a value, or seven and dots. */
function shorten(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return bytes.length > 10 ? `${new TextDecoder().decode(bytes.slice(0, 7))}...` : text;
}
