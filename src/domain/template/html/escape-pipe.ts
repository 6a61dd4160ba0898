/** Puts escapers at the end of a pipeline, without doing twice what the template does itself. */
import type { CommandNode, IdentifierNode, OperandNode, PipeNode } from '../syntax/nodes.js';

/** Escapers a template may call itself. */
export const PREDEFINED: ReadonlySet<string> = new Set(['html', 'urlquery']);

const EQUIVALENT: ReadonlyMap<string, string> = new Map([
  ['_html_template_attrescaper', 'html'],
  ['_html_template_htmlescaper', 'html'],
  ['_html_template_rcdataescaper', 'html'],
  ['_html_template_urlescaper', 'urlquery'],
  ['_html_template_urlnormalizer', 'urlquery'],
]);

const ATTRIBUTE_ESCAPER: ReadonlySet<string> = new Set(['_html_template_attrescaper']);
/** What need not follow because nothing would be left for it to do. */
const REDUNDANT: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['_html_template_commentescaper', new Set(['_html_template_attrescaper', '_html_template_htmlescaper'])],
  ['_html_template_cssescaper', ATTRIBUTE_ESCAPER],
  ['_html_template_jsregexpescaper', ATTRIBUTE_ESCAPER],
  ['_html_template_jsstrescaper', ATTRIBUTE_ESCAPER],
  ['_html_template_jstmpllitescaper', ATTRIBUTE_ESCAPER],
  ['_html_template_urlescaper', new Set(['_html_template_urlnormalizer'])],
]);

const normal = (name: string): string => EQUIVALENT.get(name) ?? name;

export const functionName = (command: CommandNode): string | undefined => {
  const [first] = command.args;
  return first?.kind === 'identifier' ? first.name : undefined;
};

export function withEscapers(pipe: PipeNode, names: readonly string[]): PipeNode {
  if (names.length === 0) return pipe;
  const escapers = [...names];
  let commands = [...pipe.commands];
  const last = commands[commands.length - 1];
  const own = last && functionName(last);
  if (last && own !== undefined && PREDEFINED.has(own)) {
    // `{{ html .A .B }}` becomes `{{ _eval_args_ .A .B | html }}`, so that the escaper comes last.
    if (commands.length === 1 && last.args.length > 1) commands = [renamed(last, '_eval_args_'), call(own, pipe)];
    if (escapers.some((name) => normal(name) === normal(own))) {
      escapers.forEach((name, index) => {
        if (normal(name) === normal(own)) escapers[index] = own;
      });
      commands = commands.slice(0, -1);
    }
  }
  const present = new Set(commands.map(functionName).flatMap((name) => (name === undefined ? [] : [normal(name)])));
  for (const name of escapers) if (!present.has(normal(name))) append(commands, call(name, pipe));
  return { ...pipe, commands };
}

function append(commands: CommandNode[], command: CommandNode): void {
  const last = commands[commands.length - 1];
  const redundant = REDUNDANT.get((last && functionName(last)) ?? '');
  if (!redundant?.has(functionName(command) ?? '')) commands.push(command);
}

function call(name: string, { pos, source }: PipeNode): CommandNode {
  const identifier: IdentifierNode = { kind: 'identifier', pos, source, name };
  return { kind: 'command', pos, source, args: [identifier] };
}

function renamed(command: CommandNode, name: string): CommandNode {
  const [first, ...rest] = command.args as readonly [OperandNode, ...OperandNode[]];
  return { ...command, args: [{ kind: 'identifier', pos: first.pos, source: first.source, name }, ...rest] };
}
