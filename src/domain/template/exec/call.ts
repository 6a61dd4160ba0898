/** Calls of functions and methods: the number of arguments, their types, and errors with the place of the call. */
import type { CommandNode, Node, OperandNode } from '../syntax/nodes.js';
import { printNode } from '../syntax/print-node.js';
import { FunctionError } from '../template-error.js';
import type { GoType, Signature } from '../value/types.js';
import { type Value, isTrue, typeOf, unwrap } from '../value/values.js';
import { checkType } from './arguments.js';
import type { State } from './state.js';

/** Evaluates one argument for a parameter of this type. */
export type Argument = (state: State, dot: Value, type: GoType) => Value;

/** What stands behind a name in a command: its arguments, and the value that was piped in. */
export interface CallSite {
  readonly name: string;
  /** Where errors of the function itself are reported. */
  readonly node: Node;
  readonly args: readonly Argument[];
  readonly piped: boolean;
}

/** The arguments for a signature, evaluated in order, the piped value last. */
export function argumentsFor(state: State, dot: Value, site: CallSite, signature: Signature, piped: Value): Value[] {
  const { args } = site;
  const count = args.length + (site.piped ? 1 : 0);
  const { params } = signature;
  const fixed = signature.variadic ? params.length - 1 : params.length;
  if (signature.variadic ? count < fixed : count !== fixed) {
    const want = signature.variadic ? `at least ${fixed} got ${args.length}` : `${fixed} got ${count}`;
    state.fail(`wrong number of args for ${site.name}: want ${want}`);
  }
  if (signature.refusal !== undefined) state.fail(signature.refusal);
  const last = params[params.length - 1];
  const values: Value[] = [];
  for (let i = 0; i < args.length; i++) {
    const type = (signature.variadic && i >= fixed ? last : params[i]) as GoType;
    values.push((args[i] as Argument)(state, dot, type));
  }
  if (site.piped) {
    const type = (signature.variadic && args.length >= fixed ? last : params[args.length]) as GoType;
    values.push(checkType(state, piped, type));
  }
  return values;
}

/** Runs what was called; what it says about its arguments gets the place of the call. */
export function guarded(state: State, site: CallSite, run: () => Value): Value {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof FunctionError)) throw error;
    state.node = site.node;
    return state.fail(`error calling ${site.name}: ${error.message}`);
  }
}

/** `and` and `or` evaluate no further than they must, and give the argument that decided. */
export function shortCircuit(state: State, dot: Value, site: CallSite, type: GoType, piped: Value): Value {
  if (site.args.length === 0 && !site.piped) state.fail(`wrong number of args for ${site.name}: want at least 1 got 0`);
  const stopAt = site.name === 'or';
  let value: Value;
  for (const arg of site.args) {
    value = arg(state, dot, type);
    if (isTrue(unwrap(value)) === stopAt) return value;
  }
  return site.piped ? checkType(state, piped, type) : value;
}

/** How `call` names the function it was given. */
export const calleeName = (command: CommandNode | OperandNode, piped: Value): string =>
  command.kind === 'command' && command.args.length > 1 ? printNode(command.args[1] as OperandNode) : describe(piped);

const describe = (value: Value): string =>
  typeof value === 'string' ? value : `<${typeOf(value)?.name ?? 'invalid'} Value>`;
