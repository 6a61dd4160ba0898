/**
 * Where in an HTML document a place in a template stands: in text, in a tag, in an attribute with a URL, in a script.
 *
 * Names are Go's, because errors print them.
 */
import type { Node } from '../syntax/nodes.js';
import { locate } from '../syntax/print-node.js';

export type HtmlState =
  | 'stateText'
  | 'stateTag'
  | 'stateAttrName'
  | 'stateAfterName'
  | 'stateBeforeValue'
  | 'stateHTMLCmt'
  | 'stateRCDATA'
  | 'stateAttr'
  | 'stateURL'
  | 'stateSrcset'
  | 'stateJS'
  | 'stateJSDqStr'
  | 'stateJSSqStr'
  | 'stateJSTmplLit'
  | 'stateJSRegexp'
  | 'stateJSBlockCmt'
  | 'stateJSLineCmt'
  | 'stateJSHTMLOpenCmt'
  | 'stateJSHTMLCloseCmt'
  | 'stateCSS'
  | 'stateCSSDqStr'
  | 'stateCSSSqStr'
  | 'stateCSSDqURL'
  | 'stateCSSSqURL'
  | 'stateCSSURL'
  | 'stateCSSBlockCmt'
  | 'stateCSSLineCmt'
  | 'stateError'
  | 'stateMetaContent'
  | 'stateMetaContentURL'
  | 'stateDead';

export type Delim = 'delimNone' | 'delimDoubleQuote' | 'delimSingleQuote' | 'delimSpaceOrTagEnd';
export type UrlPart = 'urlPartNone' | 'urlPartPreQuery' | 'urlPartQueryOrFrag' | 'urlPartUnknown';
/** What a slash would be here. */
export type JsContext = 'jsCtxRegexp' | 'jsCtxDivOp' | 'jsCtxUnknown';
export type Element =
  'elementNone' | 'elementScript' | 'elementStyle' | 'elementTextarea' | 'elementTitle' | 'elementMeta';
export type Attribute =
  'attrNone' | 'attrScript' | 'attrScriptType' | 'attrStyle' | 'attrURL' | 'attrSrcset' | 'attrMetaContent';

export interface Context {
  readonly state: HtmlState;
  readonly delim: Delim;
  readonly urlPart: UrlPart;
  readonly jsCtx: JsContext;
  /** Open braces in each `${}` of a template literal; absent where there was none. */
  readonly jsBraceDepth: readonly number[] | undefined;
  readonly attr: Attribute;
  readonly element: Element;
  /** The break or continue this context was left by. */
  readonly node: Node | undefined;
  readonly error: HtmlError | undefined;
}

export class HtmlError {
  constructor(
    readonly node: Node | undefined,
    public name: string,
    public line: number,
    public description: string,
  ) {}

  get message(): string {
    if (this.node) return `html/template:${locate(this.node)}: ${this.description}`;
    if (this.line !== 0) return `html/template:${this.name}:${this.line}: ${this.description}`;
    return this.name === '' ? `html/template: ${this.description}` : `html/template:${this.name}: ${this.description}`;
  }
}

export const TEXT: Context = {
  state: 'stateText',
  delim: 'delimNone',
  urlPart: 'urlPartNone',
  jsCtx: 'jsCtxRegexp',
  jsBraceDepth: undefined,
  attr: 'attrNone',
  element: 'elementNone',
  node: undefined,
  error: undefined,
};

export const errorContext = (description: string, node?: Node, line = 0): Context => ({
  ...TEXT,
  state: 'stateError',
  error: new HtmlError(node, '', line, description),
});

export function sameContext(a: Context, b: Context): boolean {
  return (
    a.state === b.state &&
    a.delim === b.delim &&
    a.urlPart === b.urlPart &&
    a.jsCtx === b.jsCtx &&
    depths(a) === depths(b) &&
    a.attr === b.attr &&
    a.element === b.element &&
    a.error === b.error
  );
}

const depths = ({ jsBraceDepth }: Context): string => (jsBraceDepth ?? []).join(' ');

export const printContext = (c: Context): string =>
  `{${c.state} ${c.delim} ${c.urlPart} ${c.jsCtx} [${depths(c)}] ${c.attr} ${c.element} ${c.error?.message ?? '<nil>'}}`;

/** A called template is another one in each context it is called from; this is its name there. */
export function mangle(name: string, c: Context): string {
  if (c.state === 'stateText') return name;
  let mangled = `${name}$htmltemplate_${c.state}`;
  if (c.delim !== 'delimNone') mangled += `_${c.delim}`;
  if (c.urlPart !== 'urlPartNone') mangled += `_${c.urlPart}`;
  if (c.jsCtx !== 'jsCtxRegexp') mangled += `_${c.jsCtx}`;
  if (c.jsBraceDepth) mangled += `_jsBraceDepth([${depths(c)}])`;
  if (c.attr !== 'attrNone') mangled += `_${c.attr}`;
  if (c.element !== 'elementNone') mangled += `_${c.element}`;
  return mangled;
}

const COMMENTS: ReadonlySet<HtmlState> = new Set<HtmlState>([
  'stateHTMLCmt',
  'stateJSBlockCmt',
  'stateJSLineCmt',
  'stateJSHTMLOpenCmt',
  'stateJSHTMLCloseCmt',
  'stateCSSBlockCmt',
  'stateCSSLineCmt',
]);
const TAGS: ReadonlySet<HtmlState> = new Set<HtmlState>([
  'stateTag',
  'stateAttrName',
  'stateAfterName',
  'stateBeforeValue',
  'stateAttr',
]);
const SCRIPT_LITERALS: ReadonlySet<HtmlState> = new Set<HtmlState>([
  'stateJSDqStr',
  'stateJSSqStr',
  'stateJSTmplLit',
  'stateJSRegexp',
]);

export const isComment = (state: HtmlState): boolean => COMMENTS.has(state);
export const isInTag = (state: HtmlState): boolean => TAGS.has(state);
export const isInScriptLiteral = (state: HtmlState): boolean => SCRIPT_LITERALS.has(state);
