import { describe, expect, it } from '@jest/globals';
import { LabelSet } from '../labels/index.js';
import type { Notification } from '../notify/index.js';
import { instant } from '../time/index.js';
import { type TemplateSet, compileTemplates, renderRouteLabels } from './index.js';

const notification: Notification = {
  receiver: 'r',
  groupKey: '{}:{}',
  groupLabels: LabelSet.fromObject({ alertname: 'Disk' }),
  routeLabels: LabelSet.EMPTY,
  reason: 'first notification',
  alerts: [],
  flushedAt: instant(0),
  externalURL: 'http://am',
  data: {},
};

const compiled = compileTemplates([]);
const templates = compiled.ok ? compiled.value : (undefined as unknown as TemplateSet); // the first test would say so
const render = (labels: Record<string, string>): { labels: Record<string, string>; failures: readonly object[] } => {
  const rendered = renderRouteLabels(LabelSet.fromObject(labels), notification, templates, instant(0));
  return { labels: { ...rendered.labels.toObject() }, failures: rendered.failures };
};

describe('route labels', () => {
  it.each([
    ['text stays', { a: 'x', b: '' }, { a: 'x', b: '' }],
    ['sees the group', { a: '{{ .GroupLabels.alertname }}!' }, { a: 'Disk!' }],
    [
      'asks for another',
      { desc: '{{ routeLabels "reason" }} firing', reason: '{{ .GroupLabels.alertname }}' },
      { desc: 'Disk firing', reason: 'Disk' },
    ],
    ['the reason is not known yet', { a: '{{ .NotificationReason }}' }, { a: 'unknown' }],
    ['the labels are raw in the data', { a: '{{ .RouteLabels.b }}', b: '{{ 1 }}' }, { a: '{{ 1 }}', b: '1' }],
    ['one that is not there is empty', { a: '[{{ routeLabels "nope" }}]' }, { a: '[]' }],
  ] as const)('%s', (_, labels, want) => {
    expect(render(labels)).toEqual({ labels: want, failures: [] });
  });

  it('leaves out what fails and says why', () => {
    expect(render({ a: '{{ .Nope }}', b: 'x{{ 1 }}', c: '{{ nope }}' })).toEqual({
      labels: { b: 'x1' },
      failures: [
        {
          name: 'a',
          message: `template: :1:3: executing "" at <.Nope>: can't evaluate field Nope in type *template.Data`,
        },
        { name: 'c', message: 'template: :1: function "nope" not defined' },
      ],
    });
  });

  it('notices labels that wait for one another', () => {
    const { labels, failures } = render({ a: '{{ routeLabels "b" }}', b: '{{ routeLabels "a" }}', c: '{{ 1 }}' });
    expect(labels).toEqual({ c: '1' });
    expect(failures).toHaveLength(2);
    expect(JSON.stringify(failures[0])).toContain('route label cycle detected: a -> b -> a');
  });
});
