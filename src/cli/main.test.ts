/** Tools that need no router, help, completion, defaults. */
import { describe, expect, it } from '@jest/globals';
import { type Transcript, cannedRouter, failure, scratchFiles, tool } from '../../test/support/canned-router.js';

const router = cannedRouter();
const scratch = scratchFiles();

describe('without a router', () => {
  const CONFIG = `route:
  receiver: default
  routes:
    - matchers: [team=db]
      receiver: db
      continue: true
    - matchers: [severity=~"a|b"]
      receiver: pager
      routes:
        - matchers: [night=yes]
          receiver: db
    - receiver: db
receivers: [{name: default}, {name: db}, {name: pager}]
`;

  it('explains where an alert goes', async () => {
    const file = scratch('am.yml', CONFIG);
    expect(await tool(['routes', 'test', `--config.file=${file}`, '--explain', 'team=db', 'severity=a'])).toEqual({
      out: `Explanation:
.
└── default-route  [passed on: matches; 2 routes match below it]
    ├── {team="db"}  continue: true  receiver: db  [goes here: matches]
    ├── {severity=~"a|b"}  receiver: pager  [goes here: matches, and no route below it does]
    │   └── {night="yes"}  [no: night="yes" does not match: there is no label night]
    └── default-route  [not tried: {}/{severity=~"a|b"}/1 took the alert and does not continue]

db,pager
`,
      err: '',
      code: 0,
    });
  });

  it('tells all problems of a configuration with their places', async () => {
    const file = scratch('bad/am.yml', 'route:\n  receiver: x\n  foo: 1\nreceivers:\n  - name: y\n');
    const { out, err, code } = await tool(['check-config', file]);
    expect([err, code]).toEqual(['tocsin: error: failed to validate 1 file(s)\n\n', 1]);
    expect(out.startsWith(`Checking '${file}'  FAILED: ${file}:3:3: route.foo: field foo not found`)).toBe(true);
    expect(out).toContain(`\n${file}:2:13: route.receiver: undefined receiver "x"`);
  });

  it('checks standard input', async () => {
    const { out, code } = await tool(['check-config'], { readInput: async () => CONFIG });
    expect([out.split('\n')[0], code]).toEqual(["Checking '/dev/stdin'  SUCCESS", 0]);
    expect(await tool(['check-config'])).toEqual(failure('Failed to read from standard input'));
  });

  it.each([
    ['{"status":5}', 'a text in status is wanted, not 5'],
    ['[]', 'an object is wanted, not []'],
    ['{"alerts":[5]}', 'an object is wanted, not 5'],
    ['{"groupLabels":{"a":1}}', 'a text in groupLabels.a is wanted, not 1'],
  ])('does not render %s', async (json, why) => {
    const file = scratch('data.json', json);
    const args = ['template', 'render', '--template.glob=none', '--template.text=x', `--template.data=${file}`];
    expect(await tool(args)).toEqual(failure(`the data is not that of a notification: ${why}`));
  });

  it.each([
    [['--silenced=x'], 'unexpected x'],
    [['--watch.interval=1ms', '--watch'], 'Get "http://127.0.0.1:1/api/v2/'],
  ])('refuses alert query %j', async (args, message) => {
    const { err } = await tool(['--alertmanager.url=http://127.0.0.1:1', 'alert', 'query', ...args]);
    expect(err).toContain(`tocsin: error: ${message}`);
  });
});

describe('help and completion', () => {
  it('shows all tools when none is named', async () => {
    const { out, code } = await tool([]);
    expect(code).toBe(0);
    for (const name of ['alert', 'silence', 'check-config', 'cluster', 'config', 'routes', 'template', 'completion'])
      expect(out).toContain(`\n  ${name}`);
    expect(out).not.toContain('complete ');
  });

  it.each([[['help', 'silence', 'add']], [['silence', 'add', '--help']], [['--help', 'silence', 'add']]])(
    '%j',
    async (args) => {
      const { out, code } = await tool(args);
      expect([out.split('\n')[0], code]).toEqual(['usage: tocsin silence add [<flags>] [<matchers>...]', 0]);
    },
  );

  it('goes by the name it is called by', async () => {
    expect((await tool(['nonsense'], { program: 'amtool' })).err).toBe(
      'amtool: error: expected command but got "nonsense"\n\n',
    );
    expect((await tool([], { program: 'amtool' })).out).toMatch(/^usage: amtool /);
    expect((await tool(['--version'], { program: 'amtool' })).out).toMatch(/^amtool, version 0\.34\.0 /);
  });

  it('shows the version', async () => {
    expect((await tool(['--version', 'alert'])).out).toMatch(/^tocsin, version \d/);
  });

  it.each([
    [['sil'], 'silence\tAdd, list, change, expire or import silences.\n'],
    [['completion', ''], 'bash\t\nzsh\t\nfish\t\n'],
    [['alert', 'query', '--rec'], '--receiver\tList alerts for receivers that match this regular expression.\n'],
  ])('completes %j', async (words, expected) => {
    expect((await tool(['complete', '--', ...words])).out).toBe(expected);
  });

  it.each(['bash', 'zsh', 'fish'])('has a script for %s', async (shell) => {
    expect((await tool(['completion', shell])).out).toContain('complete -- ');
  });

  it('knows three shells', async () => {
    expect(await tool(['completion', 'csh'])).toEqual(failure('shell must be one of bash, zsh, fish'));
  });
});

describe('defaults from files', () => {
  const withFile = (text: string, args: readonly string[]): Promise<Transcript> => {
    const file = scratch('home/.config/amtool/config.yml', text);
    return tool(args, { environment: { HOME: file.replace('/.config/amtool/config.yml', '') } });
  };

  it('stand for flags that are not given', async () => {
    router.answer('GET /api/v2/alerts', []);
    router.answer('POST /api/v2/silences', { silenceID: '1' });
    const text = `alertmanager.url: ${router.url}\nversion-check: no\noutput: json\nauthor: bob\ncomment_required: false\nunknown: 1\n`;
    const noCheck = text.replace('version-check: no', 'version-check: false');
    expect((await withFile(noCheck, ['alert'])).out).toBe('[]\n');
    expect((await withFile(noCheck, ['alert', '-o', 'simple'])).out).toContain('Alertname');
    expect((await withFile(noCheck, ['silence', 'add', 'x'])).out).toBe('1\n');
    expect(router.seen.at(-1)?.body).toMatchObject({ createdBy: 'bob', comment: '' });
    expect((await withFile(text, ['alert'])).err).toContain('strconv.ParseBool: parsing "no": invalid syntax');
  });

  it.each([
    ['a: [', 'could not load config file: '],
    ['a: [b]', 'config.yml:1:4: a: cannot unmarshal !!seq into string'],
    ['- a', 'config.yml:1:1: cannot unmarshal !!seq into map[string]string'],
    ['', 'required flag --alertmanager.url not provided'],
  ])('%j is refused', async (text, message) => {
    const { err, code } = await withFile(text, ['alert']);
    expect([err, code]).toEqual([expect.stringContaining(message), 1]);
  });
});
