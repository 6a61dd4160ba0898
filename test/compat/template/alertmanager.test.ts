/** Our defaults and functions against what Alertmanager's own tool rendered. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { TemplateError, compileTemplates, templateData } from '../../../src/domain/template/index.js';
import { instant } from '../../../src/domain/time/index.js';
import { type DataJson, notificationOf } from './notification.js';

interface Recorded {
  readonly notification: string;
  readonly engine: 'text' | 'html';
  readonly text: string;
  readonly out?: string;
  readonly err?: string;
}

interface Named {
  readonly name: string;
  readonly receiver: string;
  readonly data: DataJson;
}

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`alertmanager/${name}`, import.meta.url), 'utf8'));

const compiled = compileTemplates([]);
if (!compiled.ok) throw new Error(compiled.issues[0]?.message);
const templates = compiled.value;
const data = new Map(
  (read('notifications.json') as readonly Named[]).map(
    ({ name, receiver, data }) => [name, templateData(notificationOf(data, receiver))] as const,
  ),
);

function answer({ notification, engine, text }: Recorded): string {
  try {
    return templates[engine](text, data.get(notification) as ReturnType<typeof templateData>, instant(0));
  } catch (error) {
    if (error instanceof TemplateError) return `ERROR ${error.message}`;
    throw error;
  }
}

/** The tool passes its data by value, a notification by pointer. */
const wanted = ({ out, err }: Recorded): string => (err === undefined ? (out ?? '') : `ERROR ${err}`);

describe('what Alertmanager renders', () => {
  it.each(
    (read('recorded.json') as readonly Recorded[]).map(
      (each) => [`${each.notification}: ${each.engine} ${each.text}`, each] as const,
    ),
  )('%s', (_, each) => {
    expect(answer(each).replace('*template.Data', 'template.Data')).toBe(wanted(each));
  });

  it('has a template for each of its 64 names', () => {
    const names = read('names.json') as readonly string[];
    expect(names).toHaveLength(64);
    const mixed = data.get('mixed') as ReturnType<typeof templateData>;
    const unknown = names.filter((name) => {
      try {
        templates.text(`{{ template "${name}" . }}`, mixed, instant(0));
        return false;
      } catch (error) {
        return error instanceof TemplateError && error.message.includes('not defined');
      }
    });
    expect(unknown).toEqual([]);
  });
});
