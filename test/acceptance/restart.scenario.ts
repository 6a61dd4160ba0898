import {
  alert,
  answer,
  at,
  between,
  crash,
  firing,
  hook,
  push,
  resolved,
  restart,
  scenario,
  see,
  silence,
} from './dsl/write.js';

/** A restart, be it a crash, forgets nothing that was acknowledged and repeats nothing before its time. */
const config = (interval = '5s', repeat = '10m', resolveTimeout = '5m'): string => `
global: {resolve_timeout: ${resolveTimeout}}
route: {receiver: default, group_by: [alertname], group_wait: 2s, group_interval: ${interval}, repeat_interval: ${repeat}}
receivers:
- {name: default, webhook_configs: [{url: '${hook()}', send_resolved: true}]}
`;

const a = alert('a', { lbl: 'v1' });
const b = alert('a', { lbl: 'v2' });
const over = (posted: ReturnType<typeof alert>, startsAt: number, endsAt: number) => ({ ...posted, startsAt, endsAt });

const both = (name: string, write: (again: typeof restart) => ReturnType<typeof scenario>) =>
  [restart, crash].map((again) => {
    const written = write(again).only('ours', 'restart');
    return Object.assign(scenario(`${name} (${again === crash ? 'killed' : 'stopped'})`), {
      ...written,
      name: `${name} (${again === crash ? 'killed' : 'stopped'})`,
    });
  });

export default [
  ...both('alerts and silences are there again', (again) =>
    scenario('')
      .with(config())
      .at(1, push(a, b), silence('s', ['lbl="v2"'], between(1, 60)))
      .at(1.5, again(0.1))
      .at(
        2,
        see([
          { labels: a.labels, state: 'active' },
          { labels: b.labels, silencedBy: ['s'] },
        ]),
      )
      .want('default', at(3), firing(a)),
  ),

  ...both('a group goes on where it stopped', (again) =>
    scenario('')
      .with(config())
      .at(1, push(a))
      .at(4, again(1))
      .at(6, push(b))
      .want('default', at(3), firing(a))
      .want('default', at(8), firing(a, b)),
  ),

  ...both('a group that was due meanwhile is looked at at once', (again) =>
    scenario('')
      .with(config())
      .at(1, push(a))
      .at(4, push(b))
      .at(6, again(10))
      .want('default', at(3), firing(a))
      .want('default', at(16), firing(a, b)),
  ),

  ...both('nothing is repeated before its time', (again) =>
    scenario('')
      .with(config('5s', '20s'))
      .at(1, push(a))
      .at(6, again(5))
      .at(14, again(1))
      .watchUntil(27)
      .want('default', at(3), firing(a))
      .want('default', between(23.1, 27), firing(a)),
  ),

  ...both('an alert that was acknowledged as resolved is told as resolved', (again) =>
    scenario('')
      .with(config())
      .at(1, push(a))
      .at(4, push(over(a, 1, 3.9)))
      .at(4.1, again(1))
      .want('default', at(3), firing(a))
      .want('default', at(8), resolved(over(a, 1, 3.9))),
  ),

  ...both('what was told as resolved is not told again', (again) =>
    scenario('')
      .with(config())
      .at(1, push(a, b))
      .at(4, push(over(a, 1, 3.9)))
      .at(9, again(1))
      .watchUntil(30)
      .want('default', at(3), firing(a, b))
      .want('default', at(8), [...firing(b), ...resolved(a)]),
  ),

  ...both('an end that passed while nobody was there is not believed before its sender had a chance', (again) =>
    scenario('')
      .with(config('5s', '10m', '10s'))
      .at(1, push(a, b))
      .at(4, again(16))
      .at(24, push(a))
      .watchUntil(34)
      .want('default', at(3), firing(a, b))
      .want('default', at(30), [...firing(a), ...resolved(b)]),
  ),

  ...both('an end that came before the stop is believed', (again) =>
    scenario('')
      .with(config('5s', '10m', '6s'))
      .at(1, push(a))
      .at(7.5, again(1))
      .watchUntil(20)
      .want('default', at(3), firing(a))
      .want('default', between(8.5, 9), resolved(a)),
  ),

  scenario('a stop lets what is being sent arrive, so that nobody hears it twice')
    .with(config())
    .at(0.5, answer('default', 200, 1))
    .at(1, push(a))
    .at(3.5, restart())
    .watchUntil(20)
    .want('default', at(4), firing(a))
    .only('ours', 'restart'),

  scenario('strictly in memory, alerts are forgotten and the log is not')
    .run({ 'storage.alerts': 'memory' })
    .with(config())
    .at(1, push(a))
    .at(4, crash(1))
    .at(5.5, see([]))
    .at(6, push({ ...a, startsAt: 1 }))
    .watchUntil(20)
    .want('default', at(3), firing(a))
    .only('ours', 'restart'),
];
