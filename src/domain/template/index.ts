import type { Result } from '../issue/index.js';
import type { Notification } from '../notify/index.js';
import type { Instant } from '../time/index.js';

/** A template that was compiled once and may be rendered many times. */
export interface TemplateSet {
  /**
   * Renders the text of one configuration field with Go's text/template against a notification.
   * Throws TemplateError. Compiled sources are kept, so that a field is parsed once for each configuration.
   */
  text(source: string, data: TemplateData, now: Instant): string;
  /** The same with html/template's contextual escaping. */
  html(source: string, data: TemplateData, now: Instant): string;
}

/** Built once for each notification and shared by all fields that are rendered for it. */
export type TemplateData = { readonly __templateData: never };

export interface TemplateFile {
  readonly name: string;
  readonly text: string;
}

export declare function compileTemplates(files: readonly TemplateFile[]): Result<TemplateSet>;
export declare function templateData(notification: Notification): TemplateData;
