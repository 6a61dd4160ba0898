import { alert, answer, at, between, firing, hook, push, resolved, scenario } from './dsl/write.js';

/** When groups are flushed, and what a flush then tells. Ids in brackets name the behaviour in the checklist. */
const webhook = (receiver = 'default', index = 0, more = ''): string =>
  `{url: '${hook(receiver, index)}', send_resolved: true${more}}`;

const quick = (route: string): string => `
route:
  receiver: default
  group_by: [alertname]
  group_wait: 1s
  group_interval: 1s
  repeat_interval: 1ms
${route}
receivers:
- name: default
  webhook_configs: [${webhook()}]
`;

const slow = (groupBy: string, interval: string, repeat: string, resolveTimeout = '5m'): string => `
global: {resolve_timeout: ${resolveTimeout}}
route:
  receiver: default
  group_by: ${groupBy}
  group_wait: 1s
  group_interval: ${interval}
  repeat_interval: ${repeat}
receivers:
- name: default
  webhook_configs: [${webhook()}]
`;

const foo = (from?: number, to?: number, v?: string) =>
  alert(
    'foo',
    {},
    {
      ...(from === undefined ? {} : { startsAt: from }),
      ...(to === undefined ? {} : { endsAt: to }),
      ...(v ? { annotations: { ann: v } } : {}),
    },
  );

const mergeOf = (name: string, end: (start: number) => number | undefined) =>
  scenario(`[SYS-1] reports of one alert are merged${name}`)
    .with(quick(''))
    .at(1, push(foo(1.1, end(1.1))))
    .at(1.2, push(foo(1, end(1))))
    .at(2.1, push(foo(2, end(2), 'v1')))
    .at(3.6, push(foo(1.5, end(1.5) && 4.6, 'v2')))
    .at(4.6, push(foo(3, 4.5)))
    .at(4.8, push(foo(2.9, 4.8)))
    .at(4.8, push(foo(2.9, 4.1, 'v3')))
    .at(5.3, push(foo(5, end(5))))
    .watchUntil(6.5)
    .want('default', at(2), firing(foo(1)))
    .want('default', at(3), firing(foo(1, undefined, 'v1')))
    .want('default', at(4), firing(foo(1, undefined, 'v2')))
    .want('default', at(5), resolved(foo(1, 4.8, 'v3')))
    // A group that emptied is gone: the new one waits anew. An older Alertmanager keeps it for its next tick.
    .want('default', between(6, 6.5), firing(foo(5)));

const a = alert('a', { lbl: 'v1' });
const b = alert('a', { lbl: 'v2' });
const c = alert('a', { lbl: 'v3' });
const d = alert('a', { lbl: 'v4' });
const e = alert('a', { lbl: 'v5' });

export default [
  mergeOf('', () => undefined),
  mergeOf(', also when each carries an end', (start) => start + 3),

  scenario('[SYS-2] a firing alert is repeated, then resolved')
    .with(quick(''))
    .at(1, push(foo(1)))
    .at(3.5, push(foo(1, 3)))
    .watchUntil(7)
    .want('default', at(2), firing(foo(1)))
    .want('default', at(3), firing(foo(1)))
    .want('default', at(4), resolved(foo(1, 3))),

  scenario('[SYS-3] a failing integration is tried again and does not repeat the other')
    .with(
      `
route: {receiver: default, group_by: [alertname], group_wait: 1s, group_interval: 2s, repeat_interval: 3s}
receivers:
- name: default
  webhook_configs: [${webhook('default', 0)}, ${webhook('default', 1)}]
`,
    )
    .at(0, answer('default/1', 503))
    .at(1, push(foo(1)))
    .at(3.2, answer('default/1', 200))
    .watchUntil(7.3)
    .want('default/0', at(2), firing(foo(1)))
    .want('default/0', at(6), firing(foo(1)))
    .want('default/1', between(3.2, 5.7), firing(foo(1))),

  scenario('[SYS-4] alerts are batched by wait and interval, and repeated')
    .with(slow('[]', '1s', '4900ms'))
    .at(1.1, push(alert('1')))
    .at(1.7, push(alert('5')))
    .at(3.3, push(alert('2'), alert('3'), alert('4')))
    .watchUntil(9.5)
    .want('default', at(2.1), firing(alert('1'), alert('5')))
    .want('default', at(4.1), firing(alert('1'), alert('2'), alert('3'), alert('4'), alert('5')))
    .want('default', at(9.1), firing(alert('1'), alert('2'), alert('3'), alert('4'), alert('5'))),

  scenario('[SYS-5] an alert without an end resolves after resolve_timeout')
    .with(slow('[alertname]', '5s', '10m', '10s'))
    .at(1, push(a, b, c))
    .watchUntil(18)
    .want('default', at(2), firing(a, b, c))
    .want('default', at(12), resolved({ ...a, endsAt: 11 }, { ...b, endsAt: 11 }, { ...c, endsAt: 11 })),

  scenario('[SYS-6] [NOT-9] send_resolved is asked of each integration')
    .with(
      `
global: {resolve_timeout: 10s}
route: {receiver: default, group_by: [alertname], group_wait: 1s, group_interval: 5s, repeat_interval: 10m}
receivers:
- name: default
  webhook_configs: [${webhook('default', 0)}, {url: '${hook('default', 1)}', send_resolved: false}]
`,
    )
    .at(1, push(a, b))
    .at(3, push({ ...a, startsAt: 1, endsAt: 4 - 1.5 }, c))
    .at(8, push(c))
    .watchUntil(13)
    .want('default/0', at(2), firing(a, b))
    .want('default/0', at(7), [...resolved(a), ...firing(b, c)])
    .want('default/0', at(12), [...resolved(b), ...firing(c)])
    .want('default/1', at(2), firing(a, b))
    .want('default/1', at(7), firing(b, c)),

  scenario('[NOT-9] [NOT-4] what is not sent for want of send_resolved is logged, and told again when it fires anew')
    .with(
      `
route: {receiver: default, group_by: [alertname], group_wait: 1s, group_interval: 1s, repeat_interval: 10m}
receivers:
- name: default
  webhook_configs: [{url: '${hook()}', send_resolved: false}]
`,
    )
    .at(1, push(a))
    .at(3.5, push({ ...a, startsAt: 1, endsAt: 3.4 }))
    .at(6.5, push({ ...a, startsAt: 6.4 }))
    .want('default', at(2), { alerts: firing(a), reason: 'first notification' })
    .want('default', between(7, 7.5), { alerts: firing(a), reason: 'first notification' }),

  scenario('[DISP-1] [DISP-3] the first batch waits for group_wait, later ones for group_interval')
    .with(slow('[alertname, absent]', '3s', '10m'))
    .at(1, push(a))
    .at(1.9, push(b))
    .at(2.1, push(c))
    .at(4.9, push(d))
    .at(5.1, push(e))
    .want('default', at(2), {
      alerts: firing(a, b),
      groupKey: '{}:{alertname="a"}',
      groupLabels: { alertname: 'a' },
      reason: 'first notification',
    })
    .want('default', at(5), { alerts: firing(a, b, c, d), reason: 'new alerts added' })
    .want('default', at(8), { alerts: firing(a, b, c, d, e), reason: 'new alerts added' }),

  scenario('[DISP-2] a resolved alert is told once and leaves its group')
    .with(slow('[alertname]', '1s', '10m'))
    .at(1, push(a, b))
    .at(3.5, push({ ...a, startsAt: 1, endsAt: 3.4 }))
    .at(6.5, push(c))
    .at(8.5, push({ ...b, startsAt: 1, endsAt: 8.4 }, { ...c, startsAt: 6.5, endsAt: 8.4 }))
    .want('default', at(2), firing(a, b))
    .want('default', at(4), { alerts: [...firing(b), ...resolved(a)], reason: 'some alerts resolved' })
    .want('default', at(7), { alerts: firing(b, c), reason: 'new alerts added' })
    .want('default', at(9), { alerts: resolved(b, c), reason: 'all alerts resolved' }),

  scenario('[DISP-3] three dots group by all labels')
    .with(slow("['...']", '1s', '10m'))
    .at(1, push(a, b))
    .want('default', at(2), { alerts: firing(a), groupLabels: { alertname: 'a', lbl: 'v1' } })
    .want('default', at(2), { alerts: firing(b), groupLabels: { alertname: 'a', lbl: 'v2' } }),

  scenario('an alert that fires longer than group_wait is told at once, one that joins it is not')
    .with(slow('[alertname]', '3s', '10m'))
    .at(1, push({ ...a, startsAt: -100 }))
    .at(1.5, push({ ...b, startsAt: -100 }))
    .want('default', at(1), firing(a))
    .want('default', at(4), firing(a, b)),

  scenario('what resolves before its first flush is never told')
    .with(slow('[alertname]', '1s', '10m'))
    .at(1, push(a))
    .at(1.5, push({ ...a, startsAt: 1, endsAt: 1.4 }))
    .watchUntil(5),

  scenario('what fires and resolves within one interval is not told when nothing else fires')
    .with(slow('[alertname]', '3s', '10m'))
    .at(1, push(a))
    .at(2.5, push({ ...a, startsAt: 1, endsAt: 2.4 }))
    .at(5.5, push(b))
    .at(6, push({ ...b, startsAt: 5.5, endsAt: 5.9 }))
    .watchUntil(12)
    .want('default', at(2), firing(a))
    .want('default', at(5), resolved(a)),

  scenario('a repeat comes at the first tick after repeat_interval, which is one interval late when it is a multiple')
    .with(slow('[alertname]', '2s', '4s'))
    .at(1, push(a))
    .watchUntil(15)
    .want('default', at(2), { alerts: firing(a), reason: 'first notification' })
    .want('default', between(8, 8.5), { alerts: firing(a), reason: 'repeat interval elapsed' })
    .want('default', between(14, 14.5), { alerts: firing(a), reason: 'repeat interval elapsed' })
    .only('exact'),

  scenario('fewer firing alerts and other annotations are no reason to notify')
    .with(slow('[alertname]', '1s', '10m').replace('send_resolved: true', 'send_resolved: false'))
    .at(1, push(a, b))
    .at(3.5, push({ ...a, startsAt: 1, endsAt: 3.4 }, { ...b, annotations: { x: 'y' } }))
    .watchUntil(7)
    .want('default', at(2), firing(a, b)),

  scenario('[DISP-11] a flush that fails forgets nothing')
    .with(slow('[alertname]', '2s', '10m'))
    .at(1, push(a))
    .at(3, answer('default', 400), push({ ...a, startsAt: 1, endsAt: 2.9 }))
    .at(7, answer('default', 200))
    .want('default', at(2), firing(a))
    .want('default', at(8), resolved(a)),

  scenario('[DISP-11] an alert that fires again while its end is told stays in the group')
    .with(slow('[alertname]', '2s', '10m'))
    .at(1, push(a))
    .at(3, answer('default', 200, 0.5), push({ ...a, startsAt: 1, endsAt: 2.9 }))
    .at(4.2, push({ ...a, startsAt: 4.1 }))
    .want('default', at(2), firing(a))
    .want('default', at(4.5), resolved(a))
    .want('default', at(6.5), firing(a)),

  scenario('a tick that falls due during a flush is looked at right after it')
    .with(slow('[alertname]', '2s', '10m'))
    .at(1, push(a))
    .at(1.5, answer('default', 200, 5))
    .at(2.5, push(b))
    .at(6.9, answer('default', 200, 0))
    .want('default', at(7), [...firing(a)])
    .want('default', at(7), firing(a, b)),

  scenario('no attempt goes on beyond the deadline of a flush, which is ten seconds at least')
    .with(slow('[alertname]', '3s', '10m'))
    .at(0, answer('default', 503))
    .at(1, push(a))
    .at(12.5, answer('default', 200))
    .watchUntil(17)
    .want('default', between(12, 17), firing(a))
    .only('http'),

  scenario('the deadline passes and the pending tick tries anew at once')
    .with(slow('[alertname]', '3s', '10m'))
    .at(0, answer('default', 503))
    .at(1, push(a))
    .at(11.9, answer('default', 200))
    .want('default', at(12), firing(a)),

  scenario('[DISP-12] [SYS-7] nothing is sent before the start delay is over')
    .run({ 'dispatch.start-delay': '5s' })
    .with(slow('[alertname]', '6s', '10m'))
    .at(1, push({ ...a, startsAt: -100 }))
    .at(2, push(b))
    .at(6, push(c))
    .at(7, push(d))
    .at(7.5, push(alert('other')))
    .want('default', between(4, 5), firing(a, b))
    .want('default', at(8.5), firing(alert('other')))
    .want('default', between(10, 11.5), firing(a, b, c, d))
    .only('since-0.34'),

  scenario('[SYS-9] a webhook that is slower than its timeout is tried again')
    .with(
      `
route: {receiver: default, group_by: [alertname], group_wait: 1s, group_interval: 1m, repeat_interval: 10m}
receivers:
- name: default
  webhook_configs: [${webhook('default', 0, ', timeout: 500ms')}]
`,
    )
    .at(0, answer('default', 200, 0.9))
    .at(1, push(a))
    .at(3, answer('default', 200))
    .watchUntil(5)
    .want('default', between(3, 4.5), firing(a))
    .only('http', 'since-0.34'),
];
