/** The parsed template. Immutable; one tree is shared by everything that renders it. */
import type { NumberLiteral } from './number-literal.js';

/** One parsed text: a file or a field. Each node knows it, for the place in errors. */
export interface Source {
  /** The name shown in errors: a file's base name; empty for a field of the configuration. */
  readonly name: string;
  readonly text: string;
}

interface At {
  /** Offset in the source, in UTF-16 units. */
  readonly pos: number;
  readonly source: Source;
}

export type TextNode = At & { readonly kind: 'text'; readonly text: string };
export type ActionNode = At & { readonly kind: 'action'; readonly line: number; readonly pipe: PipeNode };
export type BreakNode = At & { readonly kind: 'break'; readonly line: number };
export type ContinueNode = At & { readonly kind: 'continue'; readonly line: number };
export type TemplateNode = At & {
  readonly kind: 'template';
  readonly line: number;
  readonly name: string;
  readonly pipe: PipeNode | undefined;
};
export type BranchNode = At & {
  readonly kind: 'if' | 'range' | 'with';
  readonly line: number;
  readonly pipe: PipeNode;
  readonly list: ListNode;
  readonly elseList: ListNode | undefined;
};
export type ListNode = At & { readonly kind: 'list'; readonly nodes: readonly StatementNode[] };
export type StatementNode = TextNode | ActionNode | BreakNode | ContinueNode | TemplateNode | BranchNode;

export type PipeNode = At & {
  readonly kind: 'pipe';
  readonly isAssign: boolean;
  readonly decl: readonly VariableNode[];
  readonly commands: readonly CommandNode[];
};
export type CommandNode = At & { readonly kind: 'command'; readonly args: readonly OperandNode[] };

export type IdentifierNode = At & { readonly kind: 'identifier'; readonly name: string };
export type VariableNode = At & { readonly kind: 'variable'; readonly path: readonly string[] };
export type DotNode = At & { readonly kind: 'dot' };
export type NilNode = At & { readonly kind: 'nil' };
export type FieldNode = At & { readonly kind: 'field'; readonly path: readonly string[] };
export type ChainNode = At & { readonly kind: 'chain'; readonly node: OperandNode; readonly path: readonly string[] };
export type BoolNode = At & { readonly kind: 'bool'; readonly value: boolean };
export type NumberNode = At & { readonly kind: 'number'; readonly text: string; readonly literal: NumberLiteral };
export type StringNode = At & { readonly kind: 'string'; readonly quoted: string; readonly text: string };

export type OperandNode =
  | IdentifierNode
  | VariableNode
  | DotNode
  | NilNode
  | FieldNode
  | ChainNode
  | BoolNode
  | NumberNode
  | StringNode
  | PipeNode;

export type Node = StatementNode | ListNode | CommandNode | OperandNode;

/** One named template. */
export interface Tree {
  readonly name: string;
  readonly source: Source;
  readonly root: ListNode;
}

/** Nothing but white space: such a definition never replaces another. */
export const isEmptyList = (list: ListNode): boolean =>
  list.nodes.every((node) => node.kind === 'text' && /^[\t\n\v\f\r \u0085\u00a0\p{Z}]*$/u.test(node.text));
