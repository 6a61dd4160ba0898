/** Renders the labels of a route for one group: each once, each may ask for the others, and one that fails is left out. */
import { LabelSet } from '../labels/index.js';
import type { Notification } from '../notify/index.js';
import type { Instant } from '../time/index.js';
import { routeLabelData, unbranded } from './template-data.js';
import { FunctionError } from './template-error.js';
import type { TemplateSet } from './template-set.js';

export interface RenderedRouteLabels {
  readonly labels: LabelSet;
  /** For the log: what could not be rendered, and why. */
  readonly failures: readonly { readonly name: string; readonly message: string }[];
}

/** `notification` holds all alerts about to be flushed, before any is muted. */
export function renderRouteLabels(
  labels: LabelSet,
  notification: Notification,
  templates: TemplateSet,
  now: Instant,
): RenderedRouteLabels {
  // The frequent case: labels that are no templates are what they are.
  if (labels.values.every((value) => !value.includes('{{'))) return { labels, failures: [] };
  const data = routeLabelData(notification, labels);
  const rendered: [string, string][] = [];
  const failures: { name: string; message: string }[] = [];
  for (const name of labels.names) {
    try {
      rendered.push([name, unbranded(data).routeLabel(name, (source) => templates.text(source, data, now))]);
    } catch (error) {
      if (!(error instanceof FunctionError)) throw error;
      failures.push({ name, message: error.message });
    }
  }
  return { labels: LabelSet.from(rendered), failures };
}
