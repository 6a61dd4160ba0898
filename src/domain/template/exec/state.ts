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

/** Milliseconds on a clock that only goes forward. */
export type Stopwatch = () => number;

/**
 * Work that several renderings of one field share: rendering a route label inside it spends from the same. Units are what
 * work costs as a rule; where there is a stopwatch it has the last word, as what a hostile template does may cost more.
 */
export class Budget {
  #steps = LIMITS.steps as number;
  #lookAt = 0;
  #seenAt = 0;
  #spentMs = 0;

  constructor(private readonly stopwatch?: Stopwatch) {
    if (!stopwatch) return;
    this.#seenAt = stopwatch();
    this.#lookAt = this.#steps - LOOK_AFTER;
  }

  /** Why it must end, when it must. */
  spend(units: number): string | undefined {
    if ((this.#steps -= units) < 0) return 'template takes too many steps';
    return this.#steps < this.#lookAt ? this.#look() : undefined;
  }

  #look(): string | undefined {
    const now = this.stopwatch?.() ?? 0;
    this.#spentMs += Math.min(now - this.#seenAt, LONGEST_WORK_MS);
    this.#seenAt = now;
    this.#lookAt = this.#steps - LOOK_AFTER;
    return this.#spentMs > LIMITS.milliseconds ? 'template takes too long' : undefined;
  }
}

/** Units between two looks at the stopwatch. */
const LOOK_AFTER = 2_000;
/** More than this between two looks is no work of the template: the machine slept. */
const LONGEST_WORK_MS = 100;

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
    // The engine takes its time to shorten a list, even by nothing.
    if (this.names.length === mark) return;
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
    const end = this.budget.spend(units);
    if (end !== undefined) this.fail(end);
  }

  fail(message: string): never {
    if (!this.node) throw new TemplateError(`template: ${this.template}: ${message}`);
    const where = `${locate(this.node)}: executing ${quote(this.template)} at <${printNode(this.node)}>`;
    throw new TemplateError(wellFormed(`template: ${where}: ${message}`));
  }
}
