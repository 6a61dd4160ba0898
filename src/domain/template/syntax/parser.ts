/**
 * Tokens to trees.
 *
 * One text gives several templates: its own, and one for each `define` and `block`, each parsed by a parser of its own
 * on the same tokens. Variables are checked here, functions too; what a template name means is found when it is called.
 */
import { TemplateError } from '../template-error.js';
import { quote } from '../format/quote.js';
import { Lexer } from './lexer.js';
import {
  type ActionNode,
  type BranchNode,
  type CommandNode,
  type ListNode,
  type OperandNode,
  type PipeNode,
  type Source,
  type StatementNode,
  type TemplateNode,
  type Tree,
  type VariableNode,
  isEmptyList,
} from './nodes.js';
import { type NumberKind, parseNumber } from './number-literal.js';
import { printNode } from './print-node.js';
import { type Token, type TokenKind, describeToken } from './token.js';
import { unquote } from './unquote.js';

/** Parenthesised pipelines in one another; beyond this Go refuses too. */
const MAX_PARENS = 10_000;
/** Blocks and parentheses in one another that our own stack bears. Far beyond what anybody writes. */
const MAX_NESTING = 500;

export type KnowsFunction = (name: string) => boolean;

/** All templates of a text by name. Throws TemplateError. */
export function parse(source: Source, knowsFunction: KnowsFunction): Map<string, Tree> {
  const trees = new Map<string, Tree>();
  new Parser({ source, knowsFunction, trees, lexer: new Lexer(source.text), nesting: 0 }, source.name).parseText();
  return trees;
}

interface Shared {
  readonly source: Source;
  readonly knowsFunction: KnowsFunction;
  readonly trees: Map<string, Tree>;
  readonly lexer: Lexer;
  nesting: number;
}

/** What ends a list. */
type Terminator = { readonly kind: 'end'; readonly pos: number } | { readonly kind: 'else'; readonly pos: number };

const OPERAND_STARTS: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'bool',
  'charConstant',
  'complex',
  'dot',
  'field',
  'identifier',
  'number',
  'nil',
  'rawString',
  'string',
  'variable',
  'leftParen',
]);

const NOT_EXECUTABLE: ReadonlySet<string> = new Set(['bool', 'dot', 'nil', 'number', 'string']);

class Parser {
  readonly #shared: Shared;
  readonly #name: string;
  /** Three tokens of look-ahead; errors report the line of the one that was read last. */
  readonly #tokens: Token[] = [];
  #peeked = 0;
  #variables: string[] = ['$'];
  #actionLine = 0;
  #rangeDepth = 0;
  #parenDepth = 0;

  constructor(shared: Shared, name: string) {
    this.#shared = shared;
    this.#name = name;
  }

  // Texts and definitions.

  parseText(): void {
    const nodes: StatementNode[] = [];
    const pos = this.#peek().pos;
    while (this.#peek().kind !== 'eof') {
      if (this.#peek().kind === 'leftDelim') {
        const delim = this.#next();
        if (this.#nextNonSpace().kind === 'define') {
          new Parser(this.#shared, 'definition').#definition();
          continue;
        }
        this.#backup2(delim);
      }
      const node = this.#textOrAction();
      if (node.kind === 'end' || node.kind === 'else') return this.#fail(`unexpected {{${node.kind}}}`);
      nodes.push(node);
    }
    this.#add(this.#name, { kind: 'list', pos, source: this.#shared.source, nodes });
  }

  #definition(): void {
    const context = 'define clause';
    const token = this.#nextNonSpace();
    const name = this.#templateName(token, context);
    this.#expect('rightDelim', context);
    const [root, end] = this.#list();
    if (end.kind !== 'end') this.#fail(`unexpected {{${end.kind}}} in ${context}`);
    this.#add(name, root);
  }

  #add(name: string, root: ListNode): void {
    const { trees, source } = this.#shared;
    const old = trees.get(name);
    if (!old || isEmptyList(old.root)) trees.set(name, { name, source, root });
    else if (!isEmptyList(root)) this.#fail(`template: multiple definition of template ${quote(name)}`);
  }

  /** Up to `{{end}}` or `{{else}}`, which is given back beside the list. */
  #list(): [ListNode, Terminator] {
    const pos = this.#peekNonSpace().pos;
    const nodes: StatementNode[] = [];
    while (this.#peekNonSpace().kind !== 'eof') {
      const node = this.#textOrAction();
      if (node.kind === 'end' || node.kind === 'else')
        return [{ kind: 'list', pos, source: this.#shared.source, nodes }, node];
      nodes.push(node);
    }
    return this.#fail('unexpected EOF');
  }

  #textOrAction(): StatementNode | Terminator {
    const token = this.#nextNonSpace();
    if (token.kind === 'text') return { ...this.#at(token.pos), kind: 'text', text: token.text };
    if (token.kind !== 'leftDelim') return this.#unexpected(token, 'input');
    this.#actionLine = token.line;
    const node = this.#action();
    this.#actionLine = 0;
    return node;
  }

  #action(): StatementNode | Terminator {
    const token = this.#nextNonSpace();
    switch (token.kind) {
      case 'block':
        return this.#block();
      case 'break':
      case 'continue':
        return this.#loopControl(token.kind, token);
      case 'else':
        return this.#else();
      case 'end':
        return { kind: 'end', pos: this.#expect('rightDelim', 'end').pos };
      case 'if':
      case 'range':
      case 'with':
        return this.#branch(token.kind);
      case 'template':
        return this.#template();
      default: {
        this.#backup();
        const first = this.#peek();
        const pipe = this.#pipeline('command', 'rightDelim');
        return { ...this.#at(first.pos), kind: 'action', line: first.line, pipe } satisfies ActionNode;
      }
    }
  }

  // Control structures.

  #loopControl(kind: 'break' | 'continue', token: Token): StatementNode {
    const next = this.#nextNonSpace();
    if (next.kind !== 'rightDelim') this.#unexpected(next, `{{${kind}}}`);
    if (this.#rangeDepth === 0) this.#fail(`{{${kind}}} outside {{range}}`);
    return { ...this.#at(token.pos), kind, line: token.line };
  }

  #else(): Terminator {
    const peek = this.#peekNonSpace();
    if (peek.kind === 'if' || peek.kind === 'with') return { kind: 'else', pos: peek.pos };
    return { kind: 'else', pos: this.#expect('rightDelim', 'else').pos };
  }

  #branch(kind: 'if' | 'range' | 'with'): BranchNode {
    return this.#nested(() => {
      const mark = this.#variables.length;
      const line = this.#peekNonSpace().line;
      const pipe = this.#pipeline(kind, 'rightDelim');
      if (kind === 'range') this.#rangeDepth++;
      const [list, next] = this.#list();
      if (kind === 'range') this.#rangeDepth--;
      const elseList = next.kind === 'else' ? this.#elseList(kind, next) : undefined;
      this.#variables.length = mark;
      return { ...this.#at(pipe.pos), kind, line, pipe, list, elseList };
    });
  }

  /** `{{else if}}` is an `if` inside the `else`, whose `{{end}}` it shares. */
  #elseList(kind: 'if' | 'range' | 'with', next: Terminator): ListNode {
    if (kind !== 'range' && this.#peek().kind === kind) {
      this.#next();
      return { ...this.#at(next.pos), kind: 'list', nodes: [this.#branch(kind)] };
    }
    const [list, end] = this.#list();
    if (end.kind !== 'end') this.#fail(`expected end; found {{${end.kind}}}`);
    return list;
  }

  #block(): TemplateNode {
    const context = 'block clause';
    const token = this.#nextNonSpace();
    const name = this.#templateName(token, context);
    const pipe = this.#pipeline(context, 'rightDelim');
    new Parser(this.#shared, name).#blockBody(context);
    return { ...this.#at(token.pos), kind: 'template', line: token.line, name, pipe };
  }

  #blockBody(context: string): void {
    const [root, end] = this.#nested(() => this.#list());
    if (end.kind !== 'end') this.#fail(`unexpected {{${end.kind}}} in ${context}`);
    this.#add(this.#name, root);
  }

  #template(): TemplateNode {
    const context = 'template clause';
    const token = this.#nextNonSpace();
    const name = this.#templateName(token, context);
    let pipe: PipeNode | undefined;
    if (this.#nextNonSpace().kind !== 'rightDelim') {
      this.#backup();
      pipe = this.#pipeline(context, 'rightDelim');
    }
    return { ...this.#at(token.pos), kind: 'template', line: token.line, name, pipe };
  }

  #templateName(token: Token, context: string): string {
    if (token.kind !== 'string' && token.kind !== 'rawString') return this.#unexpected(token, context);
    return this.#unquoted(token);
  }

  #unquoted(token: Token): string {
    return unquote(token.text) ?? this.#fail('invalid syntax');
  }

  // Pipelines.

  #pipeline(context: string, end: TokenKind): PipeNode {
    const pos = this.#peekNonSpace().pos;
    const { decl, isAssign } = this.#declarations(context);
    const commands: CommandNode[] = [];
    for (;;) {
      const token = this.#nextNonSpace();
      if (token.kind === end) break;
      if (!OPERAND_STARTS.has(token.kind)) this.#unexpected(token, context);
      this.#backup();
      commands.push(this.#command());
    }
    this.#check(commands, context);
    return { ...this.#at(pos), kind: 'pipe', isAssign, decl, commands };
  }

  /** `$x :=`, `$x =`, and in a range `$i, $x :=`. A variable that is only an argument is pushed back. */
  #declarations(context: string): { decl: VariableNode[]; isAssign: boolean } {
    const decl: VariableNode[] = [];
    for (;;) {
      const variable = this.#peekNonSpace();
      if (variable.kind !== 'variable') return { decl, isAssign: false };
      this.#next();
      const after = this.#peek();
      const next = this.#peekNonSpace();
      if (next.kind === 'assign' || next.kind === 'declare') {
        this.#nextNonSpace();
        this.#declare(decl, variable);
        return { decl, isAssign: next.kind === 'assign' };
      }
      if (next.kind !== 'char' || next.text !== ',') {
        if (after.kind === 'space') this.#backup3(variable, after);
        else this.#backup2(variable);
        return { decl, isAssign: false };
      }
      this.#nextNonSpace();
      this.#declare(decl, variable);
      if (context !== 'range' || decl.length >= 2) this.#fail(`too many declarations in ${context}`);
      const second = this.#peekNonSpace().kind;
      if (second !== 'variable' && second !== 'rightDelim' && second !== 'rightParen')
        this.#fail('range can only initialize variables');
    }
  }

  #declare(decl: VariableNode[], token: Token): void {
    decl.push({ ...this.#at(token.pos), kind: 'variable', path: [token.text] });
    this.#variables.push(token.text);
  }

  #check(commands: readonly CommandNode[], context: string): void {
    if (commands.length === 0) this.#fail(`missing value for ${context}`);
    for (let i = 1; i < commands.length; i++) {
      const first = (commands[i] as CommandNode).args[0] as OperandNode;
      if (NOT_EXECUTABLE.has(first.kind)) this.#fail(`non executable command in pipeline stage ${i + 1}`);
    }
  }

  #command(): CommandNode {
    const pos = this.#peekNonSpace().pos;
    const args: OperandNode[] = [];
    for (;;) {
      this.#peekNonSpace();
      const operand = this.#operand();
      if (operand) args.push(operand);
      const token = this.#next();
      if (token.kind === 'space') continue;
      if (token.kind === 'rightDelim' || token.kind === 'rightParen') this.#backup();
      else if (token.kind !== 'pipe') this.#unexpected(token, 'operand');
      break;
    }
    if (args.length === 0) this.#fail('empty command');
    return { ...this.#at(pos), kind: 'command', args };
  }

  /** A term and the fields that follow it. */
  #operand(): OperandNode | undefined {
    const node = this.#term();
    if (!node || this.#peek().kind !== 'field') return node;
    const at = this.#at(this.#peek().pos);
    const path: string[] = [];
    while (this.#peek().kind === 'field') path.push(this.#next().text.slice(1));
    switch (node.kind) {
      case 'field':
        return { ...at, kind: 'field', path: [...node.path, ...path] };
      case 'variable':
        return { ...at, kind: 'variable', path: [...node.path, ...path] };
      case 'bool':
      case 'string':
      case 'number':
      case 'nil':
      case 'dot':
        return this.#fail(`unexpected . after term ${quote(printNode(node))}`);
      default:
        return { ...at, kind: 'chain', node, path };
    }
  }

  #term(): OperandNode | undefined {
    const token = this.#nextNonSpace();
    const at = this.#at(token.pos);
    switch (token.kind) {
      case 'identifier':
        if (!this.#shared.knowsFunction(token.text)) this.#fail(`function ${quote(token.text)} not defined`);
        return { ...at, kind: 'identifier', name: token.text };
      case 'dot':
      case 'nil':
        return { ...at, kind: token.kind };
      case 'variable':
        if (!this.#variables.includes(token.text)) this.#fail(`undefined variable ${quote(token.text)}`);
        return { ...at, kind: 'variable', path: [token.text] };
      case 'field':
        return { ...at, kind: 'field', path: [token.text.slice(1)] };
      case 'bool':
        return { ...at, kind: 'bool', value: token.text === 'true' };
      case 'charConstant':
      case 'complex':
      case 'number':
        return this.#number(token, token.kind);
      case 'leftParen':
        return this.#parenthesised();
      case 'string':
      case 'rawString':
        return { ...at, kind: 'string', quoted: token.text, text: this.#unquoted(token) };
      default:
        this.#backup();
        return undefined;
    }
  }

  #number(token: Token, kind: NumberKind): OperandNode {
    const literal = parseNumber(token.text, kind);
    if (typeof literal === 'string') return this.#fail(literal);
    return { ...this.#at(token.pos), kind: 'number', text: token.text, literal };
  }

  #parenthesised(): PipeNode {
    if (this.#parenDepth >= MAX_PARENS) this.#fail('max expression depth exceeded');
    this.#parenDepth++;
    const pipe = this.#nested(() => this.#pipeline('parenthesized pipeline', 'rightParen'));
    this.#parenDepth--;
    return pipe;
  }

  #nested<T>(parseInner: () => T): T {
    if (++this.#shared.nesting > MAX_NESTING) this.#fail('max expression depth exceeded');
    const result = parseInner();
    this.#shared.nesting--;
    return result;
  }

  // Tokens.

  #next(): Token {
    if (this.#peeked > 0) this.#peeked--;
    else this.#tokens[0] = this.#shared.lexer.nextToken();
    return this.#tokens[this.#peeked] as Token;
  }

  #backup(): void {
    this.#peeked++;
  }

  #backup2(first: Token): void {
    this.#tokens[1] = first;
    this.#peeked = 2;
  }

  #backup3(first: Token, second: Token): void {
    this.#tokens[1] = second;
    this.#tokens[2] = first;
    this.#peeked = 3;
  }

  #peek(): Token {
    if (this.#peeked > 0) return this.#tokens[this.#peeked - 1] as Token;
    this.#peeked = 1;
    return (this.#tokens[0] = this.#shared.lexer.nextToken());
  }

  #nextNonSpace(): Token {
    for (;;) {
      const token = this.#next();
      if (token.kind !== 'space') return token;
    }
  }

  #peekNonSpace(): Token {
    const token = this.#nextNonSpace();
    this.#backup();
    return token;
  }

  #expect(kind: TokenKind, context: string): Token {
    const token = this.#nextNonSpace();
    return token.kind === kind ? token : this.#unexpected(token, context);
  }

  #at(pos: number): { readonly pos: number; readonly source: Source } {
    return { pos, source: this.#shared.source };
  }

  #unexpected(token: Token, context: string): never {
    if (token.kind !== 'error') return this.#fail(`unexpected ${describeToken(token)} in ${context}`);
    if (this.#actionLine === 0 || this.#actionLine === token.line) return this.#fail(token.text);
    const started = `started at ${this.#shared.source.name}:${this.#actionLine}`;
    return this.#fail(
      token.text.endsWith(' action') ? `${token.text} ${started}` : `${token.text} in action ${started}`,
    );
  }

  #fail(message: string): never {
    throw new TemplateError(`template: ${this.#shared.source.name}:${this.#tokens[0]?.line ?? 0}: ${message}`);
  }
}
