/**
 * What is wrong with a template: it does not parse, it cannot be escaped, or it failed while it was rendered.
 *
 * Messages are Go's, with the template's name, the line and (while rendering) the column, because users search for them.
 * Nothing else is ever thrown out of this folder for what a template or its data does.
 */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

/** What a function or method says about its arguments; the caller wraps it with the place where it was called. */
export class FunctionError extends Error {
  override readonly name = 'FunctionError';
}
