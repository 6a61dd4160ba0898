/**
 * The templates of one configuration: the defaults, the files, and the fields of the configuration on top of them.
 *
 * A field is parsed and compiled at its first rendering and kept, up to a bound; files are compiled template by template when
 * they are first called. At the bound all fields are dropped and compiled again, which costs time and nothing else: URLs and
 * headers that come from elsewhere must not fill the memory.
 */
import { type Result, failed, ok } from '../issue/index.js';
import type { Instant } from '../time/index.js';
import { DEFAULT_TEMPLATES } from './defaults/default-templates.js';
import { NO_EDITS, compileList } from './exec/compile.js';
import type { Functions } from './exec/compile-expression.js';
import { run } from './exec/run.js';
import { Budget, type Lookup, State, type Statement, type Stopwatch } from './exec/state.js';
import { type SyntaxOptions, checkSyntax } from './check-syntax.js';
import { ALL_FUNCTIONS } from './functions/registry.js';
import { escapeProgram } from './html/escape-program.js';
import { parse } from './syntax/parser.js';
import { type Tree, isEmptyList } from './syntax/nodes.js';
import { type RenderData, type TemplateData, unbranded } from './template-data.js';
import { TemplateError } from './template-error.js';

const MAX_FIELDS = 2_000;

export interface TemplateFile {
  /** Its path; templates and errors know the last part of it. */
  readonly name: string;
  readonly text: string;
}

/** A template that was compiled once and may be rendered many times. */
export interface TemplateSet {
  /**
   * Renders the text of one configuration field with Go's text/template against a notification.
   * Throws TemplateError. Compiled sources are kept, so that a field is parsed once for each configuration.
   */
  text(source: string, data: TemplateData, now: Instant): string;
  /** The same with html/template's contextual escaping. */
  html(source: string, data: TemplateData, now: Instant): string;
  /** What is wrong with the syntax of a field, if anything. */
  checkSyntax(source: string, options?: SyntaxOptions): string | undefined;
}

/** A field ready to run. */
interface Program {
  readonly entry: Statement;
  readonly lookup: Lookup;
}

type Render = (source: string, data: RenderData, now: Instant, budget: Budget) => string;

class CompiledTemplates implements TemplateSet {
  readonly #trees: ReadonlyMap<string, Tree>;
  readonly #compiled = new Map<string, Statement>();
  readonly #textFields = new Map<string, Program>();
  readonly #htmlFields = new Map<string, Program>();

  constructor(
    trees: ReadonlyMap<string, Tree>,
    private readonly stopwatch: Stopwatch | undefined,
  ) {
    this.#trees = trees;
  }

  text(source: string, data: TemplateData, now: Instant): string {
    // What has no action says what it says.
    if (!source.includes('{{')) return source.toWellFormed();
    return this.#renderText(source, unbranded(data), now, new Budget(this.stopwatch));
  }

  html(source: string, data: TemplateData, now: Instant): string {
    return source === '' ? '' : this.#renderHtml(source, unbranded(data), now, new Budget(this.stopwatch));
  }

  checkSyntax(source: string, options: SyntaxOptions = {}): string | undefined {
    return checkSyntax(source, options);
  }

  readonly #renderText: Render = (source, data, now, budget) =>
    this.#run(
      kept(this.#textFields, source, () => this.#textProgram(source)),
      this.#renderText,
      data,
      now,
      budget,
    );

  readonly #renderHtml: Render = (source, data, now, budget) =>
    this.#run(
      kept(this.#htmlFields, source, () => this.#htmlProgram(source)),
      this.#renderHtml,
      data,
      now,
      budget,
    );

  #run(program: Program, render: Render, data: RenderData, now: Instant, budget: Budget): string {
    const routeLabel = (name: string): string => data.routeLabel(name, (source) => render(source, data, now, budget));
    return run(new State(program.lookup, '', now, routeLabel, budget), program.entry, data.root);
  }

  #textProgram(source: string): Program {
    const own = this.#parseField(source);
    const compiled = new Map([...own].map(([name, tree]) => [name, compileTree(tree, ALL_FUNCTIONS)]));
    const lookup: Lookup = (name) => compiled.get(name) ?? this.#shared(name);
    return { entry: compiled.get('') as Statement, lookup };
  }

  /** What a template becomes depends on the places it is called from, so each field escapes all that it calls. */
  #htmlProgram(source: string): Program {
    const own = this.#parseField(source);
    return escapeProgram((name) => own.get(name) ?? this.#trees.get(name));
  }

  /** A template of a file or of the defaults, compiled when it is first called. */
  #shared(name: string): Statement | undefined {
    const known = this.#compiled.get(name);
    if (known) return known;
    const tree = this.#trees.get(name);
    if (!tree) return undefined;
    const statement = compileTree(tree, ALL_FUNCTIONS);
    this.#compiled.set(name, statement);
    return statement;
  }

  /** The templates a field defines; white space never replaces what is there. The field's own text has no name. */
  #parseField(source: string): Map<string, Tree> {
    const own = parse({ name: '', text: source }, (name) => ALL_FUNCTIONS.find(name) !== undefined);
    for (const [name, tree] of own)
      if (name !== '' && isEmptyList(tree.root) && this.#trees.has(name)) own.delete(name);
    return own;
  }
}

const compileTree = (tree: Tree, functions: Functions): Statement => compileList(tree.root, functions, NO_EDITS);

function kept(fields: Map<string, Program>, source: string, make: () => Program): Program {
  const known = fields.get(source);
  if (known) return known;
  const program = make();
  if (fields.size >= MAX_FIELDS) fields.clear();
  fields.set(source, program);
  return program;
}

/** Defaults first, then the files in order. With a stopwatch, a rendering also ends when it takes too long. */
export function compileTemplates(files: readonly TemplateFile[], stopwatch?: Stopwatch): Result<TemplateSet> {
  const trees = new Map<string, Tree>();
  addTrees(trees, '', DEFAULT_TEMPLATES);
  for (const file of files) {
    try {
      addTrees(trees, baseName(file.name), file.text);
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      return failed({ code: 'invalid-template', path: file.name, message: error.message });
    }
  }
  return ok(new CompiledTemplates(trees, stopwatch));
}

function addTrees(trees: Map<string, Tree>, name: string, text: string): void {
  for (const tree of parse({ name, text }, (each) => ALL_FUNCTIONS.find(each) !== undefined).values())
    if (!isEmptyList(tree.root) || !trees.has(tree.name)) trees.set(tree.name, tree);
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
