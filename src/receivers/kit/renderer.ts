import type { TemplateData, TemplateSet } from '../../domain/template/index.js';
import type { Instant } from '../../domain/time/index.js';
import { SendFailed, messageOf, rejected } from './failures.js';

/**
 * Renders the fields of one notification. The first template that fails ends it: what comes after is empty, and `failure`
 * says what was wrong. So a sender may render all its fields and ask once.
 */
export interface Renderer {
  text(source: string): string;
  html(source: string): string;
  readonly failure: string | undefined;
  /** Ends the attempt if a template has failed so far; no other attempt would do better. An empty prefix adds none. */
  check(prefix?: string): void;
}

export function createRenderer(templates: TemplateSet, data: TemplateData, now: Instant): Renderer {
  let failure: string | undefined;
  const attempt = (render: () => string): string => {
    if (failure !== undefined) return '';
    try {
      return render();
    } catch (error) {
      failure = messageOf(error);
      return '';
    }
  };
  return {
    text: (source) => attempt(() => templates.text(source, data, now)),
    html: (source) => attempt(() => templates.html(source, data, now)),
    get failure() {
      return failure;
    },
    check(prefix = 'templating error') {
      if (failure === undefined) return;
      throw new SendFailed(rejected(prefix === '' ? failure : `${prefix}: ${failure}`));
    },
  };
}
