import { alert, answer, at, between, firing, hook, push, reload, resolved, scenario, see } from './dsl/write.js';

/** A reload keeps groups and timers, and tells nobody what he knows. */
const receivers = `
receivers:
- {name: default, webhook_configs: [{url: '${hook()}', send_resolved: true}]}
- {name: other, webhook_configs: [{url: '${hook('other')}', send_resolved: true}]}
`;

const config = (groupBy: string, interval: string, routes = ''): string => `
route:
  receiver: default
  group_by: ${groupBy}
  group_wait: 1s
  group_interval: ${interval}
  repeat_interval: 10m
${routes}
${receivers}
`;

const a = alert('a', { lbl: 'v1' });
const b = alert('a', { lbl: 'v2' });
const over = (posted: ReturnType<typeof alert>, startsAt: number, endsAt: number) => ({ ...posted, startsAt, endsAt });

export default [
  scenario('[SYS-8] a reload sends nothing and goes on')
    .with(config('[alertname]', '6s'))
    .at(1, push(a))
    .at(3, reload())
    .at(4, push(b))
    .watchUntil(9.6)
    .want('default', at(2), firing(a))
    .want('default', between(8, 9.5), firing(a, b)),

  scenario('[SYS-8] strictly, timers begin anew with a reload')
    .run({ compat: 'strict' })
    .with(config('[alertname]', '6s'))
    .at(1, push(a))
    .at(3, reload())
    .at(4, push(b))
    .watchUntil(9.6)
    .want('default', at(2), firing(a))
    .want('default', between(9, 9.5), firing(a, b))
    .only('strict'),

  scenario('timers run on over a reload')
    .with(config('[alertname]', '6s'))
    .at(1, push(a))
    .at(1.5, reload())
    .at(3, reload())
    .at(4, push(b))
    .at(7.9, reload())
    .want('default', at(2), firing(a))
    .want('default', at(8), firing(a, b))
    .only('ours'),

  scenario('another group_by tells nobody anew, and the resolution still arrives')
    .with(config('[alertname]', '1s'))
    .at(1, push({ ...a, startsAt: -9 }, { ...b, startsAt: -9 }))
    .at(3.5, reload(config('[alertname, lbl]', '1s')))
    .at(6.5, push(over(a, -9, 6.4)))
    .at(8.5, reload(config('[alertname]', '1s')))
    .at(10.5, push(over(b, -9, 10.4)))
    .want('default', at(1), firing(a, b))
    .want('default', between(6.5, 7.5), { alerts: resolved(a), groupLabels: { alertname: 'a', lbl: 'v1' } })
    .want('default', between(10.5, 11.5), { alerts: resolved(b), groupLabels: { alertname: 'a' } })
    .only('ours'),

  scenario('an edited matcher above an alert tells nobody anew')
    .with(config('[alertname]', '1s', `  routes: [{matchers: ['lbl=~"v.*"']}]`))
    .at(1, push({ ...a, startsAt: -9 }))
    .at(3.5, reload(config('[alertname]', '1s', `  routes: [{matchers: ['lbl=~"v[0-9]"']}]`)))
    .at(6.5, push(over(a, -9, 6.4)))
    .want('default', at(1), { alerts: firing(a), groupKey: '{}/{lbl=~"v.*"}:{alertname="a"}' })
    .want('default', between(6.5, 7.5), { alerts: resolved(a), groupKey: '{}/{lbl=~"v[0-9]"}:{alertname="a"}' })
    .only('ours'),

  scenario('a receiver that a reload brings in is told')
    .with(config('[alertname]', '1s'))
    .at(1, push({ ...a, startsAt: -9 }))
    .at(3.5, reload(config('[alertname]', '1s', '  routes: [{matchers: [lbl="v1"], receiver: other}]')))
    .at(5, see([{ labels: a.labels, receivers: ['other'] }]))
    .at(6.5, push(over(a, -9, 6.4)))
    .want('default', at(1), firing(a))
    .want('other', between(3.5, 4.5), firing(a))
    .want('other', between(6.5, 7.5), resolved(a)),

  scenario('routes may move: the key finds the group')
    .with(config('[alertname]', '1s', '  routes: [{matchers: [lbl="v9"]}, {matchers: [lbl="v1"]}]'))
    .at(1, push({ ...a, startsAt: -9 }))
    .at(3.5, reload(config('[alertname]', '1s', '  routes: [{matchers: [lbl="v1"]}]')))
    .at(6.5, push(over(a, -9, 6.4)))
    .want('default', at(1), firing(a))
    .want('default', between(6.5, 7.5), resolved(a)),

  scenario('a reload does not cancel what is being sent')
    .with(config('[alertname]', '2s'))
    .at(0.5, answer('default', 200, 1.5))
    .at(1, push(a))
    .at(3, reload())
    .watchUntil(8)
    .want('default', at(3.5), firing(a))
    .only('ours'),

  scenario('what is being sent when its group vanishes counts for the group that follows')
    .with(config('[alertname]', '2s'))
    .at(0.5, answer('default', 200, 1.5))
    .at(1, push(a))
    .at(3, reload(config('[alertname, lbl]', '2s')))
    .at(4, answer('default', 200))
    .at(6.5, push(over(a, 1, 6.4)))
    .want('default', at(3.5), { alerts: firing(a), groupLabels: { alertname: 'a' } })
    .want('default', between(6.5, 8.5), { alerts: resolved(a), groupLabels: { alertname: 'a', lbl: 'v1' } })
    .only('ours'),

  scenario('a shorter group_interval is not made to wait for the old one')
    .with(config('[alertname]', '5m'))
    .at(1, push(a))
    .at(3, reload(config('[alertname]', '2s')))
    .at(4, push(b))
    .want('default', at(2), firing(a))
    .want('default', at(5), firing(a, b)),

  scenario('a resolution that waits for its tick survives a reload')
    .with(config('[alertname]', '6s'))
    .at(1, push(a))
    .at(3, push(over(a, 1, 2.9)))
    .at(4, reload())
    .want('default', at(2), firing(a))
    .want('default', between(4, 9.5), resolved(a)),
];
