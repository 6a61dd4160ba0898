/** What happens to the alerts of a variant: posts in order, each some time after the first. */
import type { Story } from './variant.js';

export interface PostedAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly endsAt?: string;
  readonly generatorURL: string;
}

export const GROUP_WAIT_SECONDS = 2;
/** Long after the first flush where nothing but it is looked at. */
export const INTERVAL_SECONDS: Readonly<Record<Story, number>> = {
  mixed: 8,
  odd: 8,
  long: 60,
  huge: 60,
  failing: 60,
  hopeless: 10,
};
/** After the first post; each falls between two flushes. */
export const POSTS_AFTER_SECONDS = [0, 6, 14] as const;
/** When the last flush has ended, and the last attempt of those that never succeed. */
export const OVER_AFTER_SECONDS = 21;

const LONG = 'ünï<b>"🔥 \n'.repeat(900);
const PLAIN = 'abc '.repeat(2_500);

/** The post with this number; nothing where the story is over. */
export function alertsOf(variant: string, story: Story, post: number, now: Date): readonly PostedAlert[] {
  const startsAt = now.toISOString().replace('Z', post === 0 ? '123Z' : 'Z');
  const alert = (instance: string, more: Partial<PostedAlert> = {}): PostedAlert => ({
    startsAt,
    generatorURL: 'http://prom.example:9090/graph?g0.expr=up%7B%7D+%3E+0&g0.tab=1',
    ...more,
    labels: { alertname: 'HighCPU', variant, instance, team: 'a & b', severity: 'critical', ...more.labels },
    annotations: {
      summary: `CPU > 90% & "hot" on ${instance} 🔥`,
      runbook: 'http://rb.example/cpu?x=1&y=2',
      ...more.annotations,
    },
  });
  const ended = { endsAt: now.toISOString() };
  switch (story) {
    case 'mixed':
      return (
        [
          [alert('web-1'), alert('web-2', { labels: { severity: 'warning' } })],
          [
            alert('web-2', { ...ended, labels: { severity: 'warning' } }),
            alert('web-3', { labels: { severity: 'info' }, annotations: { description: 'first\nsecond' } }),
          ],
          [alert('web-1', ended), alert('web-3', { ...ended, labels: { severity: 'info' } })],
        ][post] ?? []
      );
    case 'odd': {
      const labels = { odd: `<a href='x'>"q" & + é \\ \u2028 {{ .Status }} $1 %d ${'\t'}end `, severity: 'warning' };
      const annotations = {
        summary: `*b* _i_ [l](u) \`c\` <script>alert('1')</script>\r\n{{ .Status }} \u00a0`,
        zz: '',
        описание: 'ß 😀',
        plain: '- x: y',
      };
      const generatorURL = `javascript:alert("x")`;
      return (
        [
          [alert('odd', { labels, annotations, generatorURL })],
          [],
          [alert('odd', { ...ended, labels, annotations, generatorURL })],
        ][post] ?? []
      );
    }
    case 'long':
      return post > 0 ? [] : [alert('long', { annotations: { description: LONG, plain: PLAIN } })];
    case 'huge':
      return post > 0
        ? []
        : Array.from({ length: 24 }, (_, index) =>
            alert(`huge-${String(index).padStart(2, '0')}`, { annotations: { description: LONG, plain: PLAIN } }),
          );
    case 'failing':
    case 'hopeless':
      return post > 0 ? [] : [alert('web-1')];
  }
}
