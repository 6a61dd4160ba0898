/** The data of one notification as templates take it: opaque to callers, so that nothing of it can be changed. */
import type { Notification } from '../notify/index.js';
import { FunctionError, TemplateError } from './template-error.js';
import { toJson } from './functions/json.js';
import { DATA_POINTER, DataValue } from './value/notification-data.js';
import { GoPointer } from './value/values.js';
import type { LabelSet } from '../labels/index.js';

/** Built once for each notification and shared by all fields that are rendered for it. */
export interface TemplateData {
  readonly __templateData: unique symbol;
}

/** What the brand hides. */
export interface RenderData {
  readonly root: GoPointer;
  routeLabel(name: string, render: (source: string) => string): string;
}

/** Made when the first template asks: most webhooks have none, and a group may have ten thousand alerts. */
class NotificationData implements RenderData {
  #data: DataValue | undefined;
  #root: GoPointer | undefined;

  constructor(private readonly make: () => DataValue) {}

  get data(): DataValue {
    return (this.#data ??= this.make());
  }

  get root(): GoPointer {
    return (this.#root ??= new GoPointer(DATA_POINTER, this.data));
  }

  /** Route labels of a notification are rendered already. */
  routeLabel(name: string): string {
    return this.data.routeLabels.get(name);
  }
}

/** Route labels that are templates themselves: each is rendered once, and may ask for others. */
class RawRouteLabelData extends NotificationData {
  readonly #rendered = new Map<string, string>();
  readonly #running: string[] = [];

  override routeLabel(name: string, render?: (source: string) => string): string {
    const known = this.#rendered.get(name);
    if (known !== undefined) return known;
    if (!this.data.routeLabels.has(name) || !render) return '';
    if (this.#running.includes(name))
      throw new FunctionError(`route label cycle detected: ${[...this.#running, name].join(' -> ')}`);
    this.#running.push(name);
    try {
      const text = render(this.data.routeLabels.get(name));
      this.#rendered.set(name, text);
      return text;
    } catch (error) {
      if (error instanceof TemplateError) throw new FunctionError(error.message, { cause: error });
      throw error;
    } finally {
      this.#running.pop();
    }
  }
}

const branded = (data: RenderData): TemplateData => data as unknown as TemplateData; // the brand has no value
export const unbranded = (data: TemplateData): RenderData => data as unknown as RenderData; // made by `branded` only

export const templateData = (notification: Notification): TemplateData =>
  branded(new NotificationData(() => new DataValue(notification, notification.routeLabels, true)));

/** The data for rendering route labels: the reason is not known yet, and the labels are raw. */
export const routeLabelData = (notification: Notification, labels: LabelSet): TemplateData =>
  branded(new RawRouteLabelData(() => new DataValue({ ...notification, reason: 'unknown' }, labels, false)));

/** The data as JSON, keys in Alertmanager's order: what webhooks send, without their own fields. */
export const templateDataJson = (data: TemplateData): string => toJson(unbranded(data).root);
