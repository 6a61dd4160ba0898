/** One rendering while it runs: output, variables, budget, and the place for errors. */
import type { Instant } from '../../time/index.js';
import { quote } from '../format/quote.js';
import type { Node } from '../syntax/nodes.js';
import { locate, printNode } from '../syntax/print-node.js';
import { TemplateError } from '../template-error.js';
import type { RenderContext } from '../value/context.js';
import { wellFormed } from '../value/bytes.js';
import type { Value } from '../value/values.js';
import { LIMITS } from './limits.js';

/** What a statement says about the loop it stands in. */
export const NORMAL = 0;
export const BREAK = 1;
export const CONTINUE = 2;
export type Flow = typeof NORMAL | typeof BREAK | typeof CONTINUE;

export type Statement = (state: State, dot: Value) => Flow;
export type Expression = (state: State, dot: Value) => Value;

/** The templates that may be called by name. */
export type Lookup = (name: string) => Statement | undefined;

/** Work that several renderings of one field share: rendering a route label inside it spends from the same. */
export class Budget {
  steps = LIMITS.steps as number;
}

export class State implements RenderContext {
  output = '';
  depth = 0;
  /** The part that is being evaluated, for errors. */
  node: Node | undefined;
  /** Names and values of variables, the innermost last; those below `base` belong to the calling template. */
  names: string[] = [];
  values: Value[] = [];
  base = 0;

  constructor(
    readonly lookup: Lookup,
    public template: string,
    readonly now: Instant,
    readonly routeLabel: (name: string) => string,
    readonly budget: Budget,
  ) {}

  push(name: string, value: Value): void {
    this.names.push(name);
    this.values.push(value);
  }

  mark(): number {
    return this.names.length;
  }

  pop(mark: number): void {
    this.names.length = mark;
    this.values.length = mark;
  }

  read(name: string): Value {
    return this.values[this.#find(name)];
  }

  assign(name: string, value: Value): void {
    this.values[this.#find(name)] = value;
  }

  #find(name: string): number {
    for (let i = this.names.length - 1; i >= this.base; i--) if (this.names[i] === name) return i;
    return this.fail(`undefined variable: ${name}`);
  }

  write(text: string): void {
    this.output += text;
    if (this.output.length > LIMITS.outputLength) this.fail('output exceeds limit');
  }

  charge(units: number): void {
    if ((this.budget.steps -= units) < 0) this.fail('template takes too many steps');
  }

  fail(message: string): never {
    if (!this.node) throw new TemplateError(`template: ${this.template}: ${message}`);
    const where = `${locate(this.node)}: executing ${quote(this.template)} at <${printNode(this.node)}>`;
    throw new TemplateError(wellFormed(`template: ${where}: ${message}`));
  }
}
