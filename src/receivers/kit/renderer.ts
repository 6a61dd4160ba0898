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

export const createRenderer = (templates: TemplateSet, data: TemplateData, now: Instant): Renderer =>
  new NotificationRenderer(templates, data, now);

class NotificationRenderer implements Renderer {
  failure: string | undefined;

  constructor(
    private readonly templates: TemplateSet,
    private readonly data: TemplateData,
    private readonly now: Instant,
  ) {}

  text(source: string): string {
    return this.#render('text', source);
  }

  html(source: string): string {
    return this.#render('html', source);
  }

  check(prefix = 'templating error'): void {
    if (this.failure === undefined) return;
    throw new SendFailed(rejected(prefix === '' ? this.failure : `${prefix}: ${this.failure}`));
  }

  #render(as: 'text' | 'html', source: string): string {
    if (this.failure !== undefined) return '';
    try {
      return this.templates[as](source, this.data, this.now);
    } catch (error) {
      this.failure = messageOf(error);
      return '';
    }
  }
}
