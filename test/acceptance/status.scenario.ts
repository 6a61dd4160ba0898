import {
  alert,
  at,
  between,
  expire,
  firing,
  hook,
  push,
  resolved,
  scenario,
  see,
  seeGroups,
  silence,
} from './dsl/write.js';

/** What the listings say, at once and not only after the next flush. */
const config = (more = ''): string => `
route: {receiver: default, group_by: [alertname], group_wait: 1s, group_interval: 10m, repeat_interval: 1h}
receivers:
- name: default
  webhook_configs: [{url: '${hook()}'}]
${more}
`;

const rule = `
inhibit_rules:
- source_matchers: [severity="critical"]
  target_matchers: [severity="warning"]
  equal: [alertname]
`;

const warning = alert('test1', { severity: 'warning' });
const critical = alert('test1', { severity: 'critical' });
const state = (labels: ReturnType<typeof alert>, silencedBy: string[], inhibitedBy: ReturnType<typeof alert>[]) => ({
  labels: labels.labels,
  state: silencedBy.length + inhibitedBy.length > 0 ? ('suppressed' as const) : ('active' as const),
  silencedBy,
  inhibitedBy: inhibitedBy.map(({ labels }) => labels),
});

export default [
  scenario('[SYS-18] the status of alerts is that of this moment')
    .with(config(rule))
    .at(1, push(warning))
    .at(2, see([state(warning, [], [])]))
    .at(2.1, silence('s', ['alertname="test1"'], between(2.1, 60)))
    .at(2.5, see([state(warning, ['s'], [])]))
    .at(3, push(critical))
    .at(3.5, see([state(critical, ['s'], []), state(warning, ['s'], [critical])]))
    .at(4, expire('s'))
    .at(4.5, see([state(critical, [], []), state(warning, [], [critical])]))
    .at(4.6, see([state(critical, [], [])], { inhibited: false }))
    .at(4.7, see([state(warning, [], [critical])], { active: false }))
    .want('default', at(2), firing(warning)),

  scenario('[SYS-19] filters are matched all together')
    .with(config())
    .at(
      1,
      push(
        alert('test1', { severity: 'warning' }),
        alert('test1', { severity: 'info' }),
        alert('test2', { severity: 'warning' }),
      ),
    )
    .at(1.5, see([{ labels: warning.labels }], { filter: ['alertname=test1', 'severity=warning'] }))
    .watchUntil(1.8),

  scenario('[SYS-20] [SYS-22] labels, filters and routes may use any UTF-8')
    .with(
      `
route:
  receiver: default
  group_by: ["Σ"]
  group_wait: 1s
  routes: [{receiver: other, matchers: ['"foo🙂"=bar'], group_by: ["foo🙂"]}]
receivers:
- {name: default, webhook_configs: [{url: '${hook()}'}]}
- {name: other, webhook_configs: [{url: '${hook('other')}'}]}
`,
    )
    .at(1, push({ labels: { a: 'a', '00': 'b', Σ: 'c', '🙂': 'dΘ' } }, { labels: { 'foo🙂': 'bar' } }))
    .at(1.5, see([{ labels: { a: 'a', '00': 'b', Σ: 'c', '🙂': 'dΘ' } }], { filter: ['00=b', 'Σ=c'] }))
    .want('default', at(2), {
      alerts: firing({ labels: { a: 'a', '00': 'b', Σ: 'c', '🙂': 'dΘ' } }),
      groupLabels: { Σ: 'c' },
    })
    .want('other', at(2), { alerts: firing({ labels: { 'foo🙂': 'bar' } }), groupLabels: { 'foo🙂': 'bar' } })
    .only('since-0.34'),

  scenario('[SYS-21] a silence may use any UTF-8')
    .with(config())
    .at(0.5, silence('s', ['"fooΣ"="bar🙂"'], between(0.5, 60)))
    .at(1, push({ labels: { fooΣ: 'bar🙂' } }))
    .at(1.5, see([{ labels: { fooΣ: 'bar🙂' }, silencedBy: ['s'] }]))
    .watchUntil(4)
    .only('since-0.34'),

  scenario('[DISP-4] groups are listed by route and labels, with all receivers of an alert')
    .with(
      `
route:
  receiver: prod
  group_by: [alertname]
  group_wait: 10ms
  group_interval: 10m
  routes:
  - {matchers: [env="testing"], receiver: testing, group_by: [alertname, service]}
  - matchers: [env="prod"]
    receiver: prod
    group_by: [alertname, service, cluster]
    continue: true
  - {matchers: [kafka="yes"], receiver: kafka, group_by: [alertname, service, cluster]}
receivers:
- {name: kafka, webhook_configs: [{url: '${hook('kafka')}'}]}
- {name: prod, webhook_configs: [{url: '${hook('prod')}'}]}
- {name: testing, webhook_configs: [{url: '${hook('testing')}'}]}
`,
    )
    .at(
      1,
      push(
        { labels: { alertname: 'OtherAlert', cluster: 'cc', service: 'dd' } },
        { labels: { env: 'testing', alertname: 'TestingAlert', service: 'api', instance: 'inst1' } },
        {
          labels: {
            env: 'prod',
            alertname: 'HighLatency',
            cluster: 'bb',
            service: 'db',
            kafka: 'yes',
            instance: 'inst3',
          },
        },
      ),
    )
    .at(
      1.5,
      seeGroups(
        {
          labels: { alertname: 'OtherAlert' },
          receiver: 'prod',
          alerts: [{ labels: { alertname: 'OtherAlert', cluster: 'cc', service: 'dd' } }],
        },
        {
          labels: { alertname: 'TestingAlert', service: 'api' },
          receiver: 'testing',
          alerts: [{ labels: { env: 'testing', alertname: 'TestingAlert', service: 'api', instance: 'inst1' } }],
        },
        ...['prod', 'kafka'].map((receiver) => ({
          labels: { alertname: 'HighLatency', cluster: 'bb', service: 'db' },
          receiver,
          alerts: [
            {
              labels: {
                env: 'prod',
                alertname: 'HighLatency',
                cluster: 'bb',
                service: 'db',
                kafka: 'yes',
                instance: 'inst3',
              },
            },
          ],
        })),
      ),
    )
    .want('prod', at(1.01), {
      alerts: firing({ labels: { alertname: 'OtherAlert', cluster: 'cc', service: 'dd' } }),
      groupKey: '{}:{alertname="OtherAlert"}',
    })
    .want('testing', at(1.01), {
      alerts: firing({ labels: { env: 'testing', alertname: 'TestingAlert', service: 'api', instance: 'inst1' } }),
      groupKey: '{}/{env="testing"}:{alertname="TestingAlert", service="api"}',
    })
    .want('prod', at(1.01), {
      alerts: firing({
        labels: {
          env: 'prod',
          alertname: 'HighLatency',
          cluster: 'bb',
          service: 'db',
          kafka: 'yes',
          instance: 'inst3',
        },
      }),
      groupKey: '{}/{env="prod"}:{alertname="HighLatency", cluster="bb", service="db"}',
    })
    .want('kafka', at(1.01), {
      alerts: firing({
        labels: {
          env: 'prod',
          alertname: 'HighLatency',
          cluster: 'bb',
          service: 'db',
          kafka: 'yes',
          instance: 'inst3',
        },
      }),
      groupKey: '{}/{kafka="yes"}:{alertname="HighLatency", cluster="bb", service="db"}',
    }),

  scenario('a resolved alert is not listed')
    .with(config())
    .at(1, push(warning, critical))
    .at(1.5, push({ ...critical, startsAt: 1, endsAt: 1.4 }))
    .at(
      1.6,
      see([{ labels: warning.labels }]),
      seeGroups({ labels: { alertname: 'test1' }, receiver: 'default', alerts: [{ labels: warning.labels }] }),
    )
    .want('default', at(2), [...firing(warning), ...resolved(critical)]),

  scenario('[NOT-3] [DISP-8] a group that its time intervals mute says so')
    .with(
      `
route:
  receiver: default
  group_by: [alertname]
  group_wait: 1s
  group_interval: 1s
  routes: [{matchers: [alertname="quiet"], mute_time_intervals: [always]}]
time_intervals: [{name: always, time_intervals: [{}]}]
receivers:
- {name: default, webhook_configs: [{url: '${hook()}', send_resolved: true}]}
`,
    )
    .at(1, push(alert('quiet')))
    .at(
      1.5,
      seeGroups({
        labels: { alertname: 'quiet' },
        receiver: 'default',
        mutedBy: [],
        alerts: [{ labels: { alertname: 'quiet' }, state: 'active' }],
      }),
    )
    .at(
      2.5,
      seeGroups({
        labels: { alertname: 'quiet' },
        receiver: 'default',
        mutedBy: ['always'],
        alerts: [{ labels: { alertname: 'quiet' }, state: 'suppressed' }],
      }),
    )
    .at(3.2, push({ ...alert('quiet'), startsAt: 1, endsAt: 3.1 }))
    .at(4.5, seeGroups())
    .only('since-0.34'),
];
