import { alert, at, between, expire, firing, hook, push, reload, resolved, scenario, silence } from './dsl/write.js';

/** Silences, inhibition and time intervals: what is held back, and what comes when it no longer is. */
const config = (repeat: string, more = '', interval = '1s'): string => `
route: {receiver: default, group_by: [], group_wait: 1s, group_interval: ${interval}, repeat_interval: ${repeat}}
receivers:
- name: default
  webhook_configs: [{url: '${hook()}', send_resolved: true}]
${more}
`;

const jobDownRule = `
inhibit_rules:
- source_matchers: [alertname="JobDown"]
  target_matchers: [alertname="InstanceDown"]
  equal: [job, zone]
`;

const a = alert('alert1');
const b = alert('alert2');
const over = (posted: ReturnType<typeof alert>, startsAt: number, endsAt: number) => ({ ...posted, startsAt, endsAt });

const jobDown = alert('JobDown', { job: 'testjob', zone: 'aa' });
const inAa = alert('InstanceDown', { job: 'testjob', zone: 'aa' });
const inAb = alert('InstanceDown', { job: 'testjob', zone: 'ab' });
const other = alert('test1', { job: 'testjob', zone: 'aa' });

export default [
  scenario('[SYS-10] [SIL-10] a silenced alert is left out while the silence lasts')
    .with(config('1ms'))
    .at(1, push(a, b))
    .at(2.1, silence('s', ['alertname="alert1"'], between(2.5, 4.5)))
    .watchUntil(5.5)
    .want('default', at(2), firing(a, b))
    .want('default', at(3), firing(b))
    .want('default', at(4), firing(b))
    .want('default', at(5), firing(a, b)),

  scenario('[SYS-11] what was silenced is told after the silence is deleted')
    .with(config('1ms'))
    .at(1, push(a, b))
    .at(1.3, silence('s', ['alertname=~".+"'], between(1.3, 60)))
    .at(3.5, expire('s'))
    .watchUntil(4.5)
    .want('default', at(4), firing(a, b)),

  scenario('[SIL-10] [NOT-2] a second silence keeps an alert muted')
    .with(config('1ms'))
    .at(1, push(a))
    .at(1.1, silence('s', ['alertname="alert1"'], between(1.1, 2.5)))
    .at(1.2, silence('t', ['alertname=~"alert.*"'], between(1.2, 4.5)))
    .watchUntil(5.5)
    .want('default', at(5), firing(a)),

  scenario('[SIL-10] a silence that was moved into the future mutes when its time comes')
    .with(config('1ms'))
    .at(0, silence('s', ['alertname="alert1"'], between(20, 60)))
    .at(0.5, silence('s', ['alertname="alert1"'], between(2.5, 4.5)))
    .at(1, push(a))
    .watchUntil(5.5)
    .want('default', at(2), firing(a))
    .want('default', at(5), firing(a)),

  scenario('[SIL-10] a silence that does not match mutes nothing')
    .with(config('10m'))
    .at(0.1, silence('s', ['alertname="other"'], between(0.1, 60)))
    .at(1, push(a))
    .want('default', at(2), firing(a)),

  scenario('after a silence the next notification is up to the repeat interval')
    .with(config('10m'))
    .at(1, push(a))
    .at(2.5, silence('s', ['alertname="alert1"'], between(2.5, 4.5)))
    .watchUntil(8)
    .want('default', at(2), firing(a)),

  scenario('an alert that resolves while it is silenced is told as resolved afterwards')
    .with(config('10m'))
    .at(1, push(a))
    .at(2.5, silence('s', ['alertname="alert1"'], between(2.5, 6.5)))
    .at(3.5, push(over(a, 1, 3.4)))
    .want('default', at(2), firing(a))
    .want('default', at(7), { alerts: resolved(over(a, 1, 3.4)), reason: 'all alerts resolved' })
    .only('ours'),

  scenario('strictly, an alert that resolves while it is silenced is forgotten')
    .run({ compat: 'strict' })
    .with(config('10m'))
    .at(1, push(a))
    .at(2.5, silence('s', ['alertname="alert1"'], between(2.5, 6.5)))
    .at(3.5, push(over(a, 1, 3.4)))
    .at(8.5, push({ ...a, startsAt: 8.4 }))
    .watchUntil(11)
    .want('default', at(2), firing(a))
    .only('strict'),

  scenario('an alert that resolves while it is silenced, never having been told, is not told')
    .with(config('10m'))
    .at(0.5, silence('s', ['alertname="alert1"'], between(0.5, 4.5)))
    .at(1, push(a))
    .at(2.5, push(over(a, 1, 2.4)))
    .watchUntil(8),

  scenario('an alert that fires again under its silence is told neither as resolved nor twice')
    .with(config('10m'))
    .at(1, push(a))
    .at(2.5, silence('s', ['alertname="alert1"'], between(2.5, 6.5)))
    .at(3.5, push(over(a, 1, 3.4)))
    .at(5.5, push({ ...a, startsAt: 5.4 }))
    .watchUntil(10)
    .want('default', at(2), firing(a)),

  scenario('[SYS-12] [INH-5] a target comes back when its source resolves')
    .with(config('1ms', jobDownRule))
    .at(1, push(other, inAa, inAb))
    .at(2.2, push(jobDown))
    .at(3.6, push(over(jobDown, 2.2, 3.6)))
    .watchUntil(4.5)
    .want('default', at(2), firing(other, inAa, inAb))
    .want('default', at(3), firing(other, inAb, jobDown))
    .want('default', at(4), [...firing(other, inAa, inAb), ...resolved(jobDown)]),

  scenario('[SYS-13] source and target that resolve together are both told')
    .with(config('10m', jobDownRule))
    .at(1, push(jobDown, inAa))
    .at(2.6, push(over(jobDown, 1, 2.6), over(inAa, 1, 2.6)))
    .want('default', at(2), firing(jobDown))
    .want('default', at(3), resolved(jobDown, inAa)),

  scenario('[SYS-14] an empty rule loads and runs')
    .with(config('10m', 'inhibit_rules: [-]\n'.replace('[-]', '\n-')))
    .at(1, push(a, b))
    .want('default', at(2), firing(a, b))
    .only('since-0.34'),

  scenario('[INH-1] without equal labels any source mutes')
    .with(
      config(
        '10m',
        `
inhibit_rules:
- source_matchers: [severity="critical"]
  target_matchers: [severity="warning"]
`,
      ),
    )
    .at(1, push(alert('x', { severity: 'critical', zone: 'a' }), alert('y', { severity: 'warning', zone: 'b' })))
    .want('default', at(2), firing(alert('x', { severity: 'critical', zone: 'a' }))),

  scenario('[INH-2] alerts on both sides of a rule do not mute one another')
    .with(
      config(
        '10m',
        `
inhibit_rules:
- source_matchers: [s="1"]
  target_matchers: [t="1"]
  equal: [e]
`,
      ),
    )
    .at(1, push(alert('both', { s: '1', t: '1', e: '1' }), alert('both2', { s: '1', t: '1', e: '1' })))
    .want(
      'default',
      at(2),
      firing(alert('both', { s: '1', t: '1', e: '1' }), alert('both2', { s: '1', t: '1', e: '1' })),
    ),

  scenario('[INH-1] one of several sources is enough, also when the first one ends')
    .with(config('1ms', jobDownRule.replace('equal: [job, zone]', 'equal: [zone]')))
    .at(1, push(jobDown, { ...jobDown, labels: { ...jobDown.labels, job: 'other' } }, inAa))
    .at(2.5, push(over(jobDown, 1, 2.4)))
    .at(4.5, push(over({ ...jobDown, labels: { ...jobDown.labels, job: 'other' } }, 1, 4.4)))
    .watchUntil(5.5)
    .want('default', at(2), firing(jobDown, { ...jobDown, labels: { ...jobDown.labels, job: 'other' } }))
    .want('default', at(3), [
      ...firing({ ...jobDown, labels: { ...jobDown.labels, job: 'other' } }),
      ...resolved(jobDown),
    ])
    .want('default', at(4), firing({ ...jobDown, labels: { ...jobDown.labels, job: 'other' } }))
    .want('default', at(5), [...firing(inAa), ...resolved({ ...jobDown, labels: { ...jobDown.labels, job: 'other' } })])
    .only('ours'),

  scenario('[INH-5] a silenced source still mutes its target')
    .with(config('10m', jobDownRule))
    .at(0.5, silence('s', ['alertname="JobDown"'], between(0.5, 60)))
    .at(1, push(jobDown, inAa, other))
    .want('default', at(2), firing(other)),

  scenario('an alert that resolves while it is inhibited is told as resolved afterwards')
    .with(config('10m', jobDownRule))
    .at(1, push(inAa))
    .at(2.5, push(jobDown))
    .at(3.5, push(over(inAa, 1, 3.4)))
    .at(5.5, push(over(jobDown, 2.5, 5.4)))
    .want('default', at(2), firing(inAa))
    .want('default', at(3), firing(jobDown))
    .want('default', at(6), resolved(inAa, jobDown))
    .only('ours'),

  scenario('[NOT-3] outside its active time interval a route is muted; a reload lets it speak')
    .with(
      config(
        '10m',
        `
time_intervals:
- name: never
  time_intervals: [{years: ['1999']}]
`,
      ).replace(
        'repeat_interval: 10m}',
        'repeat_interval: 10m, routes: [{matchers: [alertname=~"alert.*"], active_time_intervals: [never]}]}',
      ),
    )
    .at(1, push(a, alert('loud')))
    .at(
      4.5,
      reload(
        config('10m').replace(
          'repeat_interval: 10m}',
          'repeat_interval: 10m, routes: [{matchers: [alertname=~"alert.*"]}]}',
        ),
      ),
    )
    .want('default', at(2), firing(alert('loud')))
    .want('default', at(5), firing(a))
    .only('ours'),

  scenario('[NOT-3] a mute time interval in force mutes a route')
    .with(
      config(
        '10m',
        `
time_intervals:
- name: always
  time_intervals: [{times: [{start_time: '00:00', end_time: '24:00'}]}]
`,
      ).replace(
        'repeat_interval: 10m}',
        'repeat_interval: 10m, routes: [{matchers: [alertname="alert1"], mute_time_intervals: [always]}]}',
      ),
    )
    .at(1, push(a, b))
    .watchUntil(4)
    .want('default', at(2), firing(b)),
];
