import { readFileSync } from 'node:fs';
import {
  type FlagValues,
  choice,
  command,
  existingFile,
  optionalText,
  repeated,
} from '../../platform/command-line/index.js';
import { describeFileError } from '../../platform/file-error.js';
import type { ToolContext } from '../tool-context.js';
import { ToolError } from '../tool-error.js';

const FLAGS = {
  globs: repeated('template.glob', [], { required: true, help: 'Template files: a path or a pattern.' }),
  text: optionalText('template.text', { required: true, help: 'The template to render, say {{ template "x" . }}.' }),
  type: choice('template.type', ['html', 'text'], undefined, { help: 'Kind of the template: text (default) or html.' }),
  data: existingFile('template.data', {
    help: "JSON file with the data of a notification, in the form of a webhook's payload. Without it an example is rendered.",
  }),
} as const;

const templateRender = command({
  name: 'render',
  help: 'Render a template as a notification would.',
  flags: FLAGS,
  async run(values, _positional, context: ToolContext) {
    context.io.out(await render(values, context));
  },
});

export const template = command<ToolContext>({
  name: 'template',
  help: 'Render templates.',
  commands: [templateRender],
});

/** The template engine is loaded here, not at the start of every tool. */
async function render({ globs, text, type, data }: FlagValues<typeof FLAGS>, { io }: ToolContext): Promise<string> {
  const { TemplateError, givenTemplateData, loadTemplates } = await import('../template-files.js');
  const { exampleData, parseTemplateData } = await import('../template-json.js');
  const templates = loadTemplates(globs);
  const now = io.clock.now();
  const given = givenTemplateData(data === '' ? exampleData(now) : parseTemplateData(readData(data)));
  try {
    return type === 'html' ? templates.html(text, given, now) : templates.text(text, given, now);
  } catch (error) {
    if (error instanceof TemplateError) throw new ToolError(error.message, { cause: error });
    throw error;
  }
}

function readData(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ToolError(describeFileError(error, file));
  }
}
