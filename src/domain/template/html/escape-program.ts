/** A field and all that it calls, escaped for their places and compiled. */
import { compileList } from '../exec/compile.js';
import type { Lookup, Statement } from '../exec/state.js';
import { ALERTMANAGER_FUNCTIONS } from '../functions/alertmanager.js';
import { functionsWith } from '../functions/registry.js';
import { TemplateError } from '../template-error.js';
import { TEXT, printContext } from './context.js';
import { withEscapers } from './escape-pipe.js';
import { Escaper, type FindTree, type TreeEdits } from './escape-tree.js';
import { ESCAPERS } from './escapers.js';

const FUNCTIONS = functionsWith(ALERTMANAGER_FUNCTIONS, ESCAPERS);

/** The field is the template without a name. Throws TemplateError where its markup makes no sense. */
export function escapeProgram(findTree: FindTree): { readonly entry: Statement; readonly lookup: Lookup } {
  const escaper = new Escaper(findTree);
  const [c] = escaper.escapeTemplate(TEXT, undefined, '', 0);
  if (c.error) throw new TemplateError(c.error.message);
  if (c.state !== 'stateText') throw new TemplateError(`html/template: ends in a non-text context: ${printContext(c)}`);
  const compiled = new Map<string, Statement>();
  const lookup: Lookup = (name) => {
    const known = compiled.get(name);
    if (known) return known;
    const edits = escaper.edits.get(name);
    if (!edits) return undefined;
    const statement = compileEdited(edits);
    compiled.set(name, statement);
    return statement;
  };
  return { entry: lookup('') as Statement, lookup };
}

const compileEdited = ({ tree, actions, callees, texts }: TreeEdits): Statement =>
  compileList(tree.root, FUNCTIONS, {
    pipeOf: (node) => withEscapers(node.pipe, actions.get(node) ?? []),
    calleeOf: (node) => callees.get(node) ?? node.name,
    textOf: (node) => texts.get(node) ?? node.text,
  });
