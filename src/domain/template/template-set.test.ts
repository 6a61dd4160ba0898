import { describe, expect, it } from '@jest/globals';
import { LabelSet } from '../labels/index.js';
import type { Notification } from '../notify/index.js';
import { Moment, instant } from '../time/index.js';
import {
  TemplateError,
  type TemplateFile,
  type TemplateSet,
  checkSyntax,
  compileTemplates,
  templateData,
  templateDataJson,
} from './index.js';

const at = (text: string): Moment => new Moment(instant(Date.parse(text)), text);
const NOW = instant(Date.parse('2026-01-02T05:00:00Z'));

const notification: Notification = {
  receiver: 'team.x',
  groupKey: '{}:{}',
  groupLabels: LabelSet.fromObject({ alertname: 'Disk' }),
  routeLabels: LabelSet.fromObject({ team: '{{ .Status }}' }),
  reason: 'new alerts added',
  alerts: [
    {
      labels: LabelSet.fromObject({ alertname: 'Disk', instance: 'a', only: '' }),
      annotations: LabelSet.EMPTY,
      startsAt: at('2026-01-02T03:04:05.123456789+01:00'),
      endsAt: at('2026-01-02T04:00:00Z'),
      updatedAt: NOW,
      generatorURL: 'http://prom/<x>',
      timeout: false,
    },
    {
      labels: LabelSet.fromObject({ alertname: 'Disk', instance: 'b' }),
      annotations: LabelSet.fromObject({ summary: 's' }),
      startsAt: at('2026-01-02T03:04:05Z'),
      endsAt: at('2026-01-02T06:00:00Z'),
      updatedAt: NOW,
      generatorURL: '',
      timeout: true,
    },
  ],
  flushedAt: NOW,
  externalURL: 'http://am',
  data: {},
};
const data = templateData(notification);

function compiled(files: readonly TemplateFile[] = []): TemplateSet {
  const result = compileTemplates(files);
  if (!result.ok) throw new Error(result.issues[0]?.message);
  return result.value;
}

const plain = compiled();
const render = (text: string, set = plain): string => set.text(text, data, NOW);
const failure = (text: string, engine: 'text' | 'html' = 'text'): string => {
  try {
    return `rendered ${plain[engine](text, data, NOW)}`;
  } catch (error) {
    if (error instanceof TemplateError) return error.message;
    throw error;
  }
};

describe('the data of a notification', () => {
  it.each([
    ['receiver is a regular expression', '{{ .Receiver }}', 'team\\.x'],
    ['status', '{{ .Status }}', 'firing'],
    ['reason', '{{ .NotificationReason }}', 'new alerts added'],
    ['resolved by the time of the flush', '{{ range .Alerts }}{{ .Status }} {{ end }}', 'resolved firing '],
    ['an alert that fires has no end', '{{ (index .Alerts 1).EndsAt.IsZero }}', 'true'],
    ['nanoseconds and zone', '{{ (index .Alerts 0).StartsAt }}', '2026-01-02 03:04:05.123456789 +0100 +0100'],
    ['common labels', '{{ .CommonLabels }}', 'alertname=Disk'],
    ['common annotations', '[{{ .CommonAnnotations }}]', '[]'],
    ['finished route labels are not rendered again', '{{ routeLabels "team" }}', '{{ .Status }}'],
    ['since', '{{ since (index .Alerts 1).StartsAt }}', '1h55m55s'],
    ['now', '{{ now.Unix }}', '1767330000'],
  ])('%s', (_, text, want) => {
    expect(render(text)).toBe(want);
  });

  it('is JSON in the order of keys that webhooks have', () => {
    expect(Object.keys(JSON.parse(templateDataJson(data)) as object)).toEqual([
      'receiver',
      'status',
      'alerts',
      'notification_reason',
      'groupLabels',
      'commonLabels',
      'commonAnnotations',
      'routeLabels',
      'externalURL',
    ]);
  });
});

describe('template files', () => {
  const file = (name: string, text: string): TemplateFile => ({ name, text });

  it.each([
    ['define a template', [file('a/b.tmpl', '{{ define "x" }}1{{ end }}')], '{{ template "x" . }}', '1'],
    ['are templates by their base name', [file('a/b.tmpl', 'text')], '{{ template "b.tmpl" . }}', 'text'],
    [
      'a later one wins',
      [file('a', '{{ define "x" }}1{{ end }}'), file('b', '{{ define "x" }}2{{ end }}')],
      '{{ template "x" }}',
      '2',
    ],
    [
      'redefine a default for all who call it',
      [file('a', '{{ define "__subject" }}S{{ end }}')],
      '{{ template "slack.default.title" . }}',
      'S',
    ],
    [
      'white space does not redefine',
      [file('a', '{{ define "__alertmanager" }} {{/* */}} {{ end }}')],
      '{{ template "slack.default.username" . }}',
      'Alertmanager',
    ],
    [
      'empty text does',
      [file('a', '{{ define "__alertmanager" }}{{ "" }}{{ end }}')],
      '[{{ template "slack.default.username" . }}]',
      '[]',
    ],
    [
      'a field may define on top',
      [file('a', '{{ define "x" }}1{{ end }}')],
      '{{ define "x" }}3{{ end }}{{ template "x" . }}',
      '3',
    ],
  ])('%s', (_, files, text, want) => {
    expect(render(text, compiled(files))).toBe(want);
  });

  it('leave nothing behind from one field to the next', () => {
    const set = compiled([file('a', '{{ define "x" }}1{{ end }}')]);
    expect(render('{{ define "x" }}3{{ end }}{{ template "x" }}', set)).toBe('3');
    expect(render('{{ template "x" }}', set)).toBe('1');
    expect(set.html('{{ define "x" }}<{{ end }}{{ template "x" }}', data, NOW)).toBe('&lt;');
    expect(set.html('{{ template "x" }}', data, NOW)).toBe('1');
  });

  it.each([
    ['an unknown function', 'x\n{{ foo }}', 'template: my.tmpl:2: function "foo" not defined'],
    [
      'two definitions in one file',
      '{{ define "x" }}1{{ end }}{{ define "x" }}2{{ end }}',
      'template: my.tmpl:1: template: multiple definition of template "x"',
    ],
    ['an open action', '{{ 1', 'template: my.tmpl:1: unclosed action'],
  ])('are refused for %s', (_, text, message) => {
    expect(compileTemplates([file('/etc/my.tmpl', text)])).toEqual({
      ok: false,
      issues: [{ code: 'invalid-template', path: '/etc/my.tmpl', message }],
    });
  });

  it('are named where they fail', () => {
    const set = compiled([file('my.tmpl', '\n{{ define "x" }}\n {{ .Nope }}{{ end }}')]);
    expect(() => render('{{ template "x" . }}', set)).toThrow(
      `template: my.tmpl:3:4: executing "x" at <.Nope>: can't evaluate field Nope in type *template.Data`,
    );
  });
});

describe('what is checked when a configuration is loaded', () => {
  it.each([
    ['{{ .Status }}', 'all', undefined],
    ['{{ toUpper "a" }}', 'all', undefined],
    ['{{ toUpper "a" }}', 'builtin', 'template: :1: function "toUpper" not defined'],
    ['{{ urlquery "a" }}', 'builtin', undefined],
    ['{{ template "unknown" . }}', 'all', undefined],
    ['{{ if }}', 'all', 'template: :1: missing value for if'],
  ] as const)('%s with %s functions', (text, functions, want) => {
    expect(checkSyntax(text, { functions })).toBe(want);
    expect(plain.checkSyntax(text, { functions })).toBe(want);
  });
});

describe('JSON of a notification', () => {
  const json = (alerts: Notification['alerts']): string =>
    plain.text('{{ .Alerts | toJson }}', templateData({ ...notification, alerts }), NOW);

  it('has the fields of Alertmanager, and times as they were posted', () => {
    const [first] = notification.alerts as [Notification['alerts'][0]];
    expect(json([first])).toBe(
      '[{"status":"resolved","labels":{"alertname":"Disk","instance":"a","only":""},"annotations":{},' +
        '"startsAt":"2026-01-02T03:04:05.123456789+01:00","endsAt":"2026-01-02T04:00:00Z",' +
        `"generatorURL":"http://prom/\\u003cx\\u003e","fingerprint":"${first.labels.fingerprint}"}]`,
    );
  });

  it.each(['s', '<&>', 'ä "quoted" \\ \n'])('says the same of annotations that nobody has read yet: %s', (summary) => {
    const read = LabelSet.fromObject({ runbook: 'http://x', summary });
    const unread = LabelSet.ofWritten(read.names, JSON.stringify(read));
    const [first] = notification.alerts as [Notification['alerts'][0]];
    expect(json([{ ...first, annotations: unread }])).toBe(json([{ ...first, annotations: read }]));
  });
});

it('writes times by more layouts than it keeps', () => {
  const layouts = Array.from({ length: 250 }, (_, n) => `2006.${'x'.repeat(n)}.05`);
  for (let round = 0; round < 2; round++)
    for (const layout of layouts)
      expect(render(`{{ (index .Alerts 1).StartsAt.Format "${layout}" }}`)).toBe(layout.replace('2006', '2026'));
});

describe('a hostile template', () => {
  const grow = (step: string): string => `{{ $x := list 1 }}{{ range 1000000 }}{{ $x = ${step} }}{{ end }}{{ $x }}`;

  it.each([
    [
      'endless recursion',
      '{{ define "x" }}{{ template "x" . }}{{ end }}{{ template "x" . }}',
      'exceeded maximum template depth',
    ],
    [
      'recursion that forks',
      '{{ define "x" }}{{ template "x" }}{{ template "x" }}{{ end }}{{ template "x" }}',
      'exceeded maximum template depth',
    ],
    ['endless output', `{{ range 1000000000 }}${'x'.repeat(1000)}{{ end }}`, 'output exceeds limit'],
    ['text that doubles', '{{ $x := "aaaa" }}{{ range 60 }}{{ $x = print $x $x }}{{ end }}', 'too many steps'],
    ['ranges in ranges', '{{ range 1000000 }}{{ range 1000000 }}{{ end }}{{ end }}', 'too many steps'],
    ['a list that doubles', grow('list $x $x'), 'list exceeds limit'],
    ['a list that deepens', grow('list $x'), 'list exceeds limit'],
    ['a list that grows', grow('append $x 1'), 'too many steps'],
    [
      'long joins',
      '{{ $x := printf "%1000000d" 1 }}{{ join $x (stringSlice $x $x $x $x $x $x $x $x $x) }}',
      'text exceeds limit',
    ],
    [
      'a slow expression',
      '{{ $x := printf "%1000000d" 1 }}{{ range 100000 }}{{ $y := match "(x|y|a.*b){1,50}$" $x }}{{ end }}',
      'too many steps',
    ],
    ['long text cut', '{{ $x := "ä" }}{{ range 22 }}{{ $x = print $x $x }}{{ end }}{{ slice $x 1 }}', 'too many steps'],
    ['long text escaped', '{{ $x := "<" }}{{ range 22 }}{{ $x = print $x $x }}{{ end }}{{ js $x }}', 'too many steps'],
    ['parentheses', `{{ ${'('.repeat(5000)}1${')'.repeat(5000)} }}`, 'max expression depth exceeded'],
    ['nested ifs', '{{ if 1 }}'.repeat(5000) + '{{ end }}'.repeat(5000), 'max expression depth exceeded'],
  ])('ends: %s', (_, text, message) => {
    expect(failure(text)).toContain(message);
  });

  it('ends by the stopwatch, where its work takes longer than it is counted for', () => {
    let asked = 0;
    const result = compileTemplates([], () => 10 * asked++);
    if (!result.ok) throw new Error(result.issues[0]?.message);
    const text = '{{ range 1000000 }}{{ $x := 1 }}{{ end }}';
    expect(() => result.value.text(text, data, NOW)).toThrow('template takes too long');
    expect(asked).toBeLessThan(50);
  });

  it('is not what a machine makes of it that sleeps', () => {
    let asked = 0;
    const result = compileTemplates([], () => 3_600_000 * asked++);
    if (!result.ok) throw new Error(result.issues[0]?.message);
    expect(result.value.text('{{ range 3000 }}{{ $x := 1 }}{{ end }}', data, NOW)).toBe('');
    expect(asked).toBeGreaterThan(1);
  });

  it.each([
    ['{{ define "x" }}{{ template "x" . }}{{ end }}{{ template "x" . }}', 'exceeded maximum template depth'],
    [`{{ range 1000000000 }}${'x'.repeat(1000)}{{ end }}`, 'output exceeds limit'],
  ])('ends with escaping too', (text, message) => {
    expect(failure(text, 'html')).toContain(message);
  });
});
