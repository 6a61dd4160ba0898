/** Trees to closures: one for each statement, made once and run for every notification. */
import { printArg } from '../format/print-value.js';
import { DEFAULT_FLAGS } from '../format/flags.js';
import { quote } from '../format/quote.js';
import type {
  ActionNode,
  BranchNode,
  ListNode,
  PipeNode,
  StatementNode,
  TemplateNode,
  TextNode,
} from '../syntax/nodes.js';
import { printNode } from '../syntax/print-node.js';
import { GoTime } from '../time/go-time.js';
import {
  GoFunc,
  GoInteger,
  GoMap,
  GoSlice,
  type Value,
  elementOf,
  entryOf,
  indirect,
  isTrue,
  typeOf,
  unwrap,
} from '../value/values.js';
import { type Functions, compilePipe } from './compile-expression.js';
import { LIMITS } from './limits.js';
import { printable } from './printable.js';
import { BREAK, CONTINUE, type Flow, NORMAL, type State, type Statement } from './state.js';

/** What contextual escaping changes in a tree, without touching the tree. */
export interface Edits {
  pipeOf(node: ActionNode): PipeNode;
  calleeOf(node: TemplateNode): string;
  textOf(node: TextNode): string;
}

export const NO_EDITS: Edits = {
  pipeOf: (node) => node.pipe,
  calleeOf: (node) => node.name,
  textOf: (node) => node.text,
};

export function compileList(list: ListNode, functions: Functions, edits: Edits): Statement {
  return new Compiler(functions, edits).list(list);
}

class Compiler {
  constructor(
    readonly functions: Functions,
    readonly edits: Edits,
  ) {}

  list(list: ListNode): Statement {
    const statements = list.nodes.map((node) => this.#statement(node));
    if (statements.length === 1) return statements[0] as Statement;
    return (state, dot) => {
      state.charge(statements.length);
      for (let i = 0; i < statements.length; i++) {
        const flow = (statements[i] as Statement)(state, dot);
        if (flow !== NORMAL) return flow;
      }
      return NORMAL;
    };
  }

  #statement(node: StatementNode): Statement {
    switch (node.kind) {
      case 'text': {
        const text = this.edits.textOf(node);
        return (state) => {
          state.write(text);
          return NORMAL;
        };
      }
      case 'action':
        return this.#action(node);
      case 'break':
        return () => BREAK;
      case 'continue':
        return () => CONTINUE;
      case 'range':
        return this.#range(node);
      case 'template':
        return this.#template(node);
      default:
        return this.#branch(node);
    }
  }

  #action(node: ActionNode): Statement {
    const pipe = this.edits.pipeOf(node);
    const evaluate = compilePipe(pipe, this.functions);
    if (pipe.decl.length > 0)
      return (state, dot) => {
        evaluate(state, dot);
        return NORMAL;
      };
    return (state, dot) => {
      const value = evaluate(state, dot);
      if (typeof value === 'string') state.write(value);
      else printResult(state, node, value);
      return NORMAL;
    };
  }

  #branch(node: BranchNode): Statement {
    const evaluate = compilePipe(node.pipe, this.functions);
    const then = this.list(node.list);
    const otherwise = node.elseList ? this.list(node.elseList) : undefined;
    const setsDot = node.kind === 'with';
    return (state, dot) => {
      const mark = state.mark();
      const value = evaluate(state, dot);
      let flow: Flow = NORMAL;
      if (isTrue(unwrap(value))) flow = then(state, setsDot ? value : dot);
      else if (otherwise) flow = otherwise(state, dot);
      state.pop(mark);
      return flow;
    };
  }

  #range(node: BranchNode): Statement {
    const evaluate = compilePipe(node.pipe, this.functions);
    const body = this.list(node.list);
    const otherwise = node.elseList ? this.list(node.elseList) : undefined;
    const { decl, isAssign } = node.pipe;
    const names = decl.map(({ path }) => path[0] as string);
    const bind = binder(names, isAssign);
    return (state, dot) => {
      state.node = node;
      const mark = state.mark();
      const value = indirect(evaluate(state, dot));
      const inner = state.mark();
      let ran = false;
      const iterate = (index: Value, element: Value): boolean => {
        ran = true;
        state.charge(2);
        bind(state, index, element);
        const flow = body(state, element);
        state.pop(inner);
        return flow !== BREAK;
      };
      each(state, value, names.length, iterate);
      // An `else` sees the variable of the pipeline. A break in it ends this range, though the parser counts it to the outer.
      const flow = !ran && otherwise ? otherwise(state, dot) : NORMAL;
      state.pop(mark);
      return flow === BREAK ? NORMAL : flow;
    };
  }

  #template(node: TemplateNode): Statement {
    const callee = this.edits.calleeOf(node);
    const evaluate = node.pipe ? compilePipe(node.pipe, this.functions) : undefined;
    return (state, dot) => {
      state.node = node;
      state.charge(1);
      const body = state.lookup(callee);
      if (!body) return state.fail(`template ${quote(callee)} not defined`);
      if (state.depth >= LIMITS.depth) return state.fail('exceeded maximum template depth (100000)');
      const value = evaluate?.(state, dot);
      const { base, template } = state;
      const mark = state.mark();
      state.base = mark;
      state.push('$', value);
      state.template = callee;
      state.depth++;
      body(state, value);
      state.depth--;
      state.template = template;
      state.base = base;
      state.pop(mark);
      return NORMAL;
    };
  }
}

type Bind = (state: State, index: Value, element: Value) => void;

/** The variables of a range: declared ones lie on top of the stack, the element last. */
function binder(names: readonly string[], isAssign: boolean): Bind {
  const [first, second] = names;
  if (first === undefined) return () => {};
  if (second === undefined)
    return isAssign
      ? (state, _index, element) => state.assign(first, element)
      : (state, _index, element) => {
          state.values[state.values.length - 1] = element;
        };
  return isAssign
    ? (state, index, element) => {
        state.assign(first, index);
        state.assign(second, element);
      }
    : (state, index, element) => {
        state.values[state.values.length - 1] = element;
        state.values[state.values.length - 2] = index;
      };
}

/** Goes on while `iterate` says so. */
function each(state: State, value: Value, variables: number, iterate: (index: Value, element: Value) => boolean): void {
  if (value instanceof GoSlice) {
    for (let i = 0; i < value.items.length; i++) if (!iterate(i, elementOf(value, i))) return;
    return;
  }
  if (value instanceof GoMap) {
    for (const key of value.keys) if (!iterate(key, entryOf(value, key))) return;
    return;
  }
  if (value === undefined) return;
  const type = typeOf(value);
  if (type?.kind !== 'int' && type?.kind !== 'uint') state.fail(`range can't iterate over ${show(value)}`);
  if (variables > 1) state.fail(`can't use ${show(value)} to iterate over more than one variable`);
  if (value instanceof GoInteger) {
    for (let n = 0n; n < value.value; n++) if (!iterate(undefined, new GoInteger(value.type, n))) return;
    return;
  }
  // The budget ends before the numbers do.
  for (let n = 0; n < (value as number | bigint); n++) if (!iterate(undefined, n)) return; // an integer kind
}

/** A value in the words of an error. */
export const show = (value: Value): string => printArg(value, 'v', DEFAULT_FLAGS);

/** What an action leaves behind. */
function printResult(state: State, node: ActionNode, value: Value): void {
  state.node = node;
  if (value === undefined) return state.write('<no value>');
  if (typeof value === 'number') return state.write(String(value));
  if (value instanceof GoFunc) return state.fail(`can't print ${printNode(node)} of type ${value.type.name}`);
  if (value instanceof GoTime) state.charge(value.zone.cost);
  const text = show(printable(value));
  state.charge(2 + (text.length >> 6));
  state.write(text);
}
