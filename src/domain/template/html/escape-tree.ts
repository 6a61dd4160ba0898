/**
 * Contextual escaping: walks a template in the order it would be rendered, keeps the HTML context, and notes for each action
 * which escapers its place needs.
 *
 * Trees are not changed. What is noted belongs to a template in one context; called from another, it is another template.
 */
import { quote } from '../format/quote.js';
import type {
  ActionNode,
  BranchNode,
  ListNode,
  Node,
  StatementNode,
  TemplateNode,
  TextNode,
  Tree,
} from '../syntax/nodes.js';
import { printNode } from '../syntax/print-node.js';
import { type Context, TEXT, errorContext, isComment, mangle, printContext, sameContext } from './context.js';
import { PREDEFINED, functionName } from './escape-pipe.js';
import { escapeStaticText } from './escape-text.js';
import { VALUE_STATES } from './transition.js';

/** What was noted for one template in one context. */
export interface TreeEdits {
  readonly tree: Tree;
  readonly actions: Map<ActionNode, readonly string[]>;
  readonly callees: Map<TemplateNode, string>;
  readonly texts: Map<TextNode, string>;
}

export type FindTree = (name: string) => Tree | undefined;

interface Loop {
  readonly outer: Loop | undefined;
  readonly breaks: Context[];
  readonly continues: Context[];
}

const newEdits = (tree: Tree): TreeEdits => ({ tree, actions: new Map(), callees: new Map(), texts: new Map() });

export class Escaper {
  /** The context after each template, once it is known or assumed. */
  readonly #output: Map<string, Context>;
  readonly #called = new Set<string>();
  readonly edits = new Map<string, TreeEdits>();
  #loop: Loop | undefined;

  constructor(
    readonly findTree: FindTree,
    output: ReadonlyMap<string, Context> = new Map(),
    loop?: Loop,
  ) {
    this.#output = new Map(output);
    this.#loop = loop;
  }

  /** The context after a template, and the template's name in this context. */
  escapeTemplate(c: Context, node: Node | undefined, name: string, line: number): readonly [Context, string] {
    const mangled = mangle(name, c);
    this.#called.add(mangled);
    const known = this.#output.get(mangled);
    if (known) return [known, mangled];
    const tree = this.findTree(name);
    if (!tree) return [errorContext(`no such template ${quote(name)}`, node, line), mangled];
    return [this.#outputContext(c, mangled, tree), mangled];
  }

  /** A template that calls itself is first assumed to end where it begins, then where that assumption led. */
  #outputContext(c: Context, mangled: string, tree: Tree): Context {
    const [first, settled] = this.#body(c, mangled, tree);
    if (settled) return first;
    const [second, settledNow] = this.#body(first, mangled, tree);
    if (settledNow) return second;
    if (first.state === 'stateError') return first;
    return errorContext(`cannot compute output context for template ${mangled}`, tree.root);
  }

  #body(c: Context, mangled: string, tree: Tree): readonly [Context, boolean] {
    this.#output.set(mangled, c);
    const inner = new Escaper(this.findTree, this.#output, this.#loop);
    const edits = newEdits(tree);
    const after = inner.#list(c, tree.root, edits);
    const settled = after.state !== 'stateError' && (!inner.#called.has(mangled) || sameContext(c, after));
    if (settled) {
      inner.edits.set(mangled, edits);
      for (const [name, context] of inner.#output) this.#output.set(name, context);
      for (const name of inner.#called) this.#called.add(name);
      for (const [name, each] of inner.edits) this.edits.set(name, each);
    }
    return [after, settled];
  }

  #list(start: Context, list: ListNode | undefined, edits: TreeEdits): Context {
    let c = start;
    for (const node of list?.nodes ?? []) {
      c = this.#statement(c, node, edits);
      if (c.state === 'stateDead') break;
    }
    return c;
  }

  #statement(c: Context, node: StatementNode, edits: TreeEdits): Context {
    switch (node.kind) {
      case 'action':
        return this.#action(c, node, edits);
      case 'break':
        this.#loop?.breaks.push({ ...c, node });
        return { ...TEXT, state: 'stateDead' };
      case 'continue':
        this.#loop?.continues.push({ ...c, node });
        return { ...TEXT, state: 'stateDead' };
      case 'template': {
        const [after, name] = this.escapeTemplate(c, node, node.name, node.line);
        if (name !== node.name) edits.callees.set(node, name);
        return after;
      }
      case 'text': {
        const { context, text } = escapeStaticText(c, node.text);
        if (text !== undefined) edits.texts.set(node, text);
        return context;
      }
      default:
        return this.#branch(c, node, edits);
    }
  }

  #branch(c: Context, node: BranchNode, edits: TreeEdits): Context {
    const after = node.kind === 'range' ? this.#loopBody(c, node, edits) : this.#list(c, node.list, edits);
    if (node.kind === 'range' && after.state === 'stateError') return after;
    return join(after, this.#list(c, node.elseList, edits), node, node.kind);
  }

  /** The body may run again in the context it ends in, which must be one it can begin in. */
  #loopBody(c: Context, node: BranchNode, edits: TreeEdits): Context {
    const outer = this.#loop;
    this.#loop = { outer, breaks: [], continues: [] };
    let after = this.#list(c, node.list, edits);
    if (after.state !== 'stateError') after = joinLoop(after, this.#loop);
    this.#loop = outer;
    if (after.state === 'stateError') return after;

    const again: Loop = { outer, breaks: [], continues: [] };
    const second = new Escaper(this.findTree, this.#output, again).#list(after, node.list, newEdits(edits.tree));
    const joined = join(after, second, node, 'range');
    if (joined.state !== 'stateError') return joinLoop(joined, again);
    return describedAs(joined, 'on range loop re-entry: ', node.line);
  }

  #action(before: Context, node: ActionNode, edits: TreeEdits): Context {
    if (node.pipe.decl.length > 0) return before;
    const c = nudge(before);
    const { commands } = node.pipe;
    for (const [index, command] of commands.entries()) {
      const name = functionName(command);
      if (name === undefined || !PREDEFINED.has(name)) continue;
      const inUnquoted = c.state === 'stateAttr' && c.delim === 'delimSpaceOrTagEnd' && name === 'html';
      if (index < commands.length - 1 || inUnquoted)
        return errorContext(`predefined escaper ${quote(name)} disallowed in template`, node, node.line);
    }
    if (c.state === 'stateError') return c;
    const escapers = escapersFor(c);
    if (!escapers)
      return errorContext(`${printNode(node)} appears in an ambiguous context within a URL`, node, node.line);
    if (c.delim === 'delimSpaceOrTagEnd') escapers.push('_html_template_nospaceescaper');
    else if (c.delim !== 'delimNone') escapers.push('_html_template_attrescaper');
    edits.actions.set(node, escapers);
    if (c.state === 'stateJS') return { ...c, jsCtx: 'jsCtxDivOp' };
    return c.state === 'stateTag' ? { ...c, state: 'stateAttrName' } : c;
  }
}

/** `undefined` where it is not known which part of a URL this is. */
function escapersFor(c: Context): string[] | undefined {
  switch (c.state) {
    case 'stateURL':
    case 'stateCSSDqStr':
    case 'stateCSSSqStr':
    case 'stateCSSDqURL':
    case 'stateCSSSqURL':
    case 'stateCSSURL':
      return urlEscapers(c);
    case 'stateMetaContent':
    case 'stateAttr':
      return [];
    case 'stateMetaContentURL':
      return ['_html_template_urlfilter'];
    case 'stateJS':
      return ['_html_template_jsvalescaper'];
    case 'stateJSDqStr':
    case 'stateJSSqStr':
      return ['_html_template_jsstrescaper'];
    case 'stateJSTmplLit':
      return ['_html_template_jstmpllitescaper'];
    case 'stateJSRegexp':
      return ['_html_template_jsregexpescaper'];
    case 'stateCSS':
      return ['_html_template_cssvaluefilter'];
    case 'stateText':
      return ['_html_template_htmlescaper'];
    case 'stateRCDATA':
      return ['_html_template_rcdataescaper'];
    case 'stateAttrName':
    case 'stateTag':
      return ['_html_template_htmlnamefilter'];
    case 'stateSrcset':
      return ['_html_template_srcsetescaper'];
    default:
      return isComment(c.state) ? ['_html_template_commentescaper'] : [];
  }
}

function urlEscapers(c: Context): string[] | undefined {
  const inString = c.state === 'stateCSSDqStr' || c.state === 'stateCSSSqStr';
  const whole = inString ? '_html_template_cssescaper' : '_html_template_urlnormalizer';
  switch (c.urlPart) {
    case 'urlPartNone':
      return ['_html_template_urlfilter', whole];
    case 'urlPartPreQuery':
      return [whole];
    case 'urlPartQueryOrFrag':
      return ['_html_template_urlescaper'];
    case 'urlPartUnknown':
      return undefined;
  }
}

/** An action may begin a name or an unquoted value that has no character yet. */
function nudge(c: Context): Context {
  switch (c.state) {
    case 'stateTag':
      return { ...c, state: 'stateAttrName' };
    case 'stateBeforeValue':
      return { ...c, state: VALUE_STATES[c.attr], delim: 'delimSpaceOrTagEnd', attr: 'attrNone' };
    case 'stateAfterName':
      return { ...c, state: 'stateAttrName', attr: 'attrNone' };
    default:
      return c;
  }
}

/** The context after a choice between two ways. */
function join(a: Context, b: Context, node: Node | undefined, name: string): Context {
  if (a.state === 'stateError') return a;
  if (b.state === 'stateError') return b;
  if (a.state === 'stateDead') return b;
  if (b.state === 'stateDead' || sameContext(a, b)) return a;
  if (sameContext({ ...a, urlPart: b.urlPart }, b)) return { ...a, urlPart: 'urlPartUnknown' };
  if (sameContext({ ...a, jsCtx: b.jsCtx }, b)) return { ...a, jsCtx: 'jsCtxUnknown' };
  const [nudgedA, nudgedB] = [nudge(a), nudge(b)];
  if (!sameContext(nudgedA, a) || !sameContext(nudgedB, b)) {
    const joined = join(nudgedA, nudgedB, node, name);
    if (joined.state !== 'stateError') return joined;
  }
  return errorContext(`{{${name}}} branches end in different contexts: ${printContext(a)}, ${printContext(b)}`, node);
}

function joinLoop(start: Context, loop: Loop): Context {
  let c = start;
  for (const [left, way] of [
    ...loop.breaks.map((each) => [each, 'break'] as const),
    ...loop.continues.map((each) => [each, 'continue'] as const),
  ]) {
    c = join(c, left, left.node, 'range');
    if (c.state === 'stateError') return describedAs(c, `at range loop ${way}: `, 0);
  }
  return c;
}

function describedAs(c: Context, prefix: string, line: number): Context {
  const message = c.error?.description ?? '';
  return errorContext(prefix + message, c.error?.node, line);
}
