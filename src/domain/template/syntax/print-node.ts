/** How errors show a part of a template, and where it stands. */
import { quote } from '../format/quote.js';
import { byteLength } from '../value/bytes.js';
import type { CommandNode, ListNode, Node, PipeNode } from './nodes.js';

/** `name:line:column`, the column in bytes from zero. */
export function locate(node: Node): string {
  const before = node.source.text.slice(0, node.pos);
  const newline = before.lastIndexOf('\n');
  const line = before.split('\n').length;
  return `${node.source.name}:${line}:${byteLength(before.slice(newline + 1))}`;
}

export function printNode(node: Node): string {
  switch (node.kind) {
    case 'list':
      return printList(node);
    case 'text':
      return node.text;
    case 'action':
      return `{{${printPipe(node.pipe)}}}`;
    case 'break':
    case 'continue':
      return `{{${node.kind}}}`;
    case 'template':
      return `{{template ${quote(node.name)}${node.pipe ? ` ${printPipe(node.pipe)}` : ''}}}`;
    case 'if':
    case 'range':
    case 'with': {
      const otherwise = node.elseList ? `{{else}}${printList(node.elseList)}` : '';
      return `{{${node.kind} ${printPipe(node.pipe)}}}${printList(node.list)}${otherwise}{{end}}`;
    }
    case 'pipe':
      return printPipe(node);
    case 'command':
      return printCommand(node);
    case 'identifier':
      return node.name;
    case 'variable':
      return node.path.join('.');
    case 'dot':
      return '.';
    case 'nil':
      return 'nil';
    case 'field':
      return `.${node.path.join('.')}`;
    case 'chain': {
      const inner = node.node.kind === 'pipe' ? `(${printPipe(node.node)})` : printNode(node.node);
      return `${inner}.${node.path.join('.')}`;
    }
    case 'bool':
      return String(node.value);
    case 'number':
      return node.text;
    case 'string':
      return node.quoted;
  }
}

const printList = (list: ListNode): string => list.nodes.map(printNode).join('');

function printPipe(pipe: PipeNode): string {
  const names = pipe.decl.map(printNode).join(', ');
  const left = names === '' ? '' : `${names} ${pipe.isAssign ? '=' : ':='} `;
  return left + pipe.commands.map(printCommand).join(' | ');
}

const printCommand = (command: CommandNode): string =>
  command.args.map((arg) => (arg.kind === 'pipe' ? `(${printPipe(arg)})` : printNode(arg))).join(' ');
