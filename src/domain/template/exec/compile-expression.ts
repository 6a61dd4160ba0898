/**
 * Pipelines to closures.
 *
 * Every closure first notes the node it evaluates, in the order Go's interpreter does, because that is what errors show.
 */
import { printNode } from '../syntax/print-node.js';
import type { ChainNode, CommandNode, OperandNode, PipeNode } from '../syntax/nodes.js';
import { type GoFunction, type GoType, REFLECT } from '../value/types.js';
import { type Value, unwrap } from '../value/values.js';
import { checkType, literalArgument, literalValue, nilArgument } from './arguments.js';
import { type Argument, type CallSite, argumentsFor, calleeName, guarded, shortCircuit } from './call.js';
import { type FieldSite, plainSite, readField } from './fields.js';
import type { Expression, State } from './state.js';
import { callFunction } from '../functions/call-function.js';

/** The functions of a template, by name. Built-in ones are evaluated specially where Go does. */
export interface Functions {
  find(name: string): GoFunction | undefined;
  isBuiltin(name: string): boolean;
}

/** A command; `piped` is the value of the command before it, if there is one. */
type Command = (state: State, dot: Value, piped: Value) => Value;

export function compilePipe(pipe: PipeNode, functions: Functions): Expression {
  const evaluate = compileCommands(pipe, functions);
  const { decl, isAssign } = pipe;
  if (decl.length === 0) return evaluate;
  const names = decl.map(({ path }) => path[0] as string);
  return (state, dot) => {
    const value = evaluate(state, dot);
    for (const name of names) {
      if (isAssign) state.assign(name, value);
      else state.push(name, value);
    }
    return value;
  };
}

function compileCommands(pipe: PipeNode, functions: Functions): Expression {
  const commands = pipe.commands.map((command, index) => compileCommand(command, index > 0, functions));
  const first = commands[0] as Command;
  if (commands.length === 1)
    return (state, dot) => {
      state.node = pipe;
      return unwrap(first(state, dot, undefined));
    };
  const rest = commands.slice(1);
  return (state, dot) => {
    state.node = pipe;
    let value = unwrap(first(state, dot, undefined));
    for (const command of rest) value = unwrap(command(state, dot, value));
    return value;
  };
}

function compileCommand(command: CommandNode, piped: boolean, functions: Functions): Command {
  const first = command.args[0] as OperandNode;
  const hasArguments = piped || command.args.length > 1;
  switch (first.kind) {
    case 'field':
    case 'chain':
      return compileChain(first, command, piped, functions);
    case 'variable':
      if (first.path.length > 1) return compileChain(first, command, piped, functions);
      break;
    case 'identifier':
      return compileFunction(first, command, command.args, piped, functions);
    default:
  }
  if (hasArguments) return notAFunction(first);
  return compileOperand(first, functions);
}

/** Only functions and methods take arguments. */
function notAFunction(first: OperandNode): Command {
  const message = `can't give argument to non-function ${printNode(first)}`;
  return (state) => {
    // A parenthesised pipeline is not evaluated before Go complains.
    if (first.kind !== 'pipe') state.node = first;
    if (first.kind === 'variable') state.read(first.path[0] as string);
    return state.fail(message);
  };
}

/** An operand that stands alone. */
function compileOperand(node: OperandNode, functions: Functions): Expression {
  switch (node.kind) {
    case 'pipe':
      return compilePipe(node, functions);
    case 'variable': {
      const name = node.path[0] as string;
      return (state) => {
        state.node = node;
        return state.read(name);
      };
    }
    case 'dot':
      return (state, dot) => {
        state.node = node;
        return dot;
      };
    case 'nil':
      return (state) => {
        state.node = node;
        return state.fail('nil is not a command');
      };
    case 'bool':
    case 'number':
    case 'string':
      return (state) => {
        state.node = node;
        return literalValue(state, node);
      };
    default:
      throw new TypeError(`not an operand that stands alone: ${node.kind}`);
  }
}

type PathNode = Extract<OperandNode, { kind: 'field' | 'variable' | 'chain' }>;

/** `.A.B`, `$x.A.B` and `(...).A.B`; the last name takes the arguments. */
function compileChain(node: PathNode, command: CommandNode | undefined, piped: boolean, functions: Functions): Command {
  const path = node.kind === 'variable' ? node.path.slice(1) : node.path;
  const before = path.slice(0, -1).map((name) => plainSite(name, node));
  const args = (command?.args.slice(1) ?? []).map((arg) => compileArgument(arg, functions));
  const last: FieldSite = {
    name: path[path.length - 1] as string,
    node,
    args,
    piped,
    hasArguments: piped || args.length > 0,
  };
  const start = chainStart(node, functions);
  if (before.length === 0)
    return (state, dot, value) => {
      state.node = node;
      return readField(state, dot, start(state, dot), last, value);
    };
  return (state, dot, value) => {
    state.node = node;
    let receiver = start(state, dot);
    for (const site of before) receiver = readField(state, dot, receiver, site, undefined);
    return readField(state, dot, receiver, last, value);
  };
}

function chainStart(node: PathNode, functions: Functions): Expression {
  if (node.kind === 'field') return (_state, dot) => dot;
  if (node.kind === 'variable') {
    const name = node.path[0] as string;
    return (state) => state.read(name);
  }
  return chainBase(node, functions);
}

function chainBase({ node }: ChainNode, functions: Functions): Expression {
  // Go passes no type here, which leaves the value as it is.
  const argument = compileArgument(node, functions);
  return (state, dot) => argument(state, dot, REFLECT);
}

function compileFunction(
  node: Extract<OperandNode, { kind: 'identifier' }>,
  at: CommandNode | OperandNode,
  args: readonly OperandNode[],
  piped: boolean,
  functions: Functions,
): Command {
  const fn = functions.find(node.name) as GoFunction; // the parser has refused unknown names
  const site: CallSite = {
    name: node.name,
    node: at,
    args: args.slice(1).map((arg) => compileArgument(arg, functions)),
    piped,
  };
  const builtin = functions.isBuiltin(node.name);
  if (builtin && (node.name === 'and' || node.name === 'or'))
    return (state, dot, value) => {
      state.node = node;
      return shortCircuit(state, dot, site, REFLECT, value);
    };
  const { pipe } = fn;
  if (pipe && piped && site.args.length === 0)
    return (state, _dot, value) => {
      state.node = node;
      return pipe(value, state);
    };
  const isCall = builtin && node.name === 'call';
  return (state, dot, value) => {
    state.node = node;
    const values = argumentsFor(state, dot, site, fn, value);
    state.charge(1);
    return guarded(state, site, () =>
      isCall ? callFunction(calleeName(at, value), values, state) : fn.call(values, state),
    );
  };
}

function compileArgument(node: OperandNode, functions: Functions): Argument {
  switch (node.kind) {
    case 'nil':
      return (state, _dot, type) => {
        state.node = node;
        return nilArgument(state, type);
      };
    case 'bool':
    case 'number':
    case 'string':
      return (state, _dot, type) => {
        state.node = node;
        return literalArgument(state, node, type);
      };
    case 'identifier':
      return checked(node, compileFunction(node, node, [], false, functions));
    case 'field':
    case 'chain':
      return checked(node, compileChain(node, undefined, false, functions));
    case 'variable':
      if (node.path.length > 1) return checked(node, compileChain(node, undefined, false, functions));
      return checked(node, compileOperand(node, functions));
    default:
      return checked(node, compileOperand(node, functions));
  }
}

function checked(node: OperandNode, evaluate: Command): Argument {
  return (state, dot, type: GoType) => {
    state.node = node;
    return checkType(state, evaluate(state, dot, undefined), type);
  };
}
