/**
 * Whether a text is a template. Needs no templates, for names are looked up when they are called, and no functions but their
 * names: the tools ask this for each URL of a configuration and must not load the language for it.
 */
import { ALERTMANAGER_NAMES, BUILTIN_NAMES } from './functions/names.js';
import { parse } from './syntax/parser.js';
import { TemplateError } from './template-error.js';

export interface SyntaxOptions {
  /** `builtin` knows Go's own functions and not Alertmanager's. */
  readonly functions?: 'all' | 'builtin';
}

/** What is wrong with the syntax of a field, if anything. */
export function checkSyntax(source: string, { functions = 'all' }: SyntaxOptions = {}): string | undefined {
  const isKnown = (name: string): boolean =>
    BUILTIN_NAMES.has(name) || (functions === 'all' && ALERTMANAGER_NAMES.has(name));
  try {
    parse({ name: '', text: source }, isKnown);
    return undefined;
  } catch (error) {
    if (error instanceof TemplateError) return error.message;
    throw error;
  }
}
