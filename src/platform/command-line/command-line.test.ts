import { describe, expect, it } from '@jest/globals';
import { command } from './command.js';
import { completeLine } from './complete.js';
import { choice, optionalText, repeated, span, text, toggle, toggleOff, whole } from './flag.js';
import { formatCommandHelp } from './help.js';
import { evaluateLine } from './parse.js';
import { scanLine } from './scan.js';

const QUERY = {
  all: toggle('all', { short: 'a', help: 'All of them.' }),
  receiver: optionalText('receiver', { short: 'r', help: 'For whom.' }),
  within: span('within', '0', { help: 'How soon.' }),
} as const;
const ADD = {
  author: text('author', 'me', { short: 'a', help: 'Who.' }),
  comment: optionalText('comment', { short: 'c', required: true, help: 'Why.' }),
  notes: repeated('note', [], { help: 'More.' }),
  workers: whole('worker', 8, { short: 'w', help: 'How many.' }),
  strict: toggleOff('strict', { hidden: true, help: 'Hidden.' }),
} as const;

const words = { name: 'words', help: 'The words.', repeated: true } as const;
const query = command({
  name: 'query',
  help: 'List.',
  isDefault: true,
  flags: QUERY,
  positional: words,
  run: () => {},
});
const add = command({ name: 'add', help: 'Add.\n\nMore about it.', flags: ADD, positional: words, run: () => {} });
const file = command({
  name: 'file',
  help: 'Read.',
  positional: { ...words, repeated: false, choices: ['one', 'two'] },
});
const plain = command({ name: 'plain', help: 'Nothing.' });
const things = command({ name: 'things', help: 'Things.', commands: [query, add] });
const nested = command({ name: 'nested', help: 'Nested.', commands: [plain, file] });
const hidden = command({ name: 'hidden', help: 'Hidden.', isHidden: true });
const root = command({
  name: 'prog',
  help: 'A program.',
  flags: {
    help: toggle('help', { short: 'h', help: 'Help.' }),
    output: choice('output', ['simple', 'json'], 'simple', { short: 'o', help: 'Form.' }),
    color: toggle('color', { short: 'v', help: 'Color.' }),
  },
  commands: [things, nested, hidden],
});

const FILES: Readonly<Record<string, string>> = { args: 'x=y\n# no\n\n  kept as it is\n--all\n' };
const scan = (line: readonly string[]) => scanLine(root, line, { readFile: (path) => FILES[path] ?? '' });
const said = (line: string): unknown => {
  const { path, occurrences, positional } = scan(line === '' ? [] : line.split(' '));
  const flags = occurrences.map(({ flag, text }) => `${flag.name}=${text}`);
  return [
    path
      .map(({ name }) => name)
      .slice(1)
      .join(' '),
    flags.join(' '),
    positional.join(' '),
  ];
};

describe('a line', () => {
  it.each([
    ['', '', '', ''],
    ['things', 'things query', '', ''],
    ['things a b', 'things query', '', 'a b'],
    ['things query a', 'things query', '', 'a'],
    ['things add', 'things add', '', ''],
    ['things query add', 'things query', '', 'add'],
    ['things --all', 'things query', 'all=true', ''],
    ['things -a x', 'things query', 'all=true', 'x'],
    ['things add -a x', 'things add', 'author=x', ''],
    ['-o json things', 'things query', 'output=json', ''],
    ['-ojson things', 'things query', 'output=json', ''],
    ['things a -o json b', 'things query', 'output=json', 'a b'],
    ['things --no-all', 'things query', 'all=false', ''],
    ['things -av', 'things query', 'all=true color=true', ''],
    ['things -ar x', 'things query', 'all=true receiver=x', ''],
    ['things -arx', 'things query', 'all=true receiver=x', ''],
    ['things --receiver=', 'things query', 'receiver=', ''],
    ['things -- -a --all', 'things query', '', '-a --all'],
    ['things -', 'things query', '', '-'],
    ['things --receiver -', 'things query', 'receiver=-', ''],
    ['things @args', 'things query', 'all=true', 'x=y   kept as it is'],
    ['things --receiver @args', 'things query', 'receiver=@args', ''],
    ['things -- @args', 'things query', '', '@args'],
    ['nested file a', 'nested file', '', 'a'],
    ['things -h', 'things', 'help=true', ''],
  ])('%j', (line, path, flags, positional) => {
    expect(said(line)).toEqual([path, flags, positional]);
  });

  it.each([
    ['nothing', 'expected command but got "nothing"'],
    ['nested x', 'expected command but got "x"'],
    ['nested plain x', 'unexpected x'],
    ['nested file a b', 'unexpected b'],
    ['--foo', "unknown long flag '--foo'"],
    ['things --foo', "unknown long flag '--foo'"],
    ['things -x', "unknown short flag '-x'"],
    ['things --no-receiver', "unknown long flag '--no-receiver'"],
    ['things --receiver', "expected argument for flag '--receiver'"],
    ['things -r -a', "expected argument for flag '-r'"],
    ['things --all=yes', 'unexpected yes'],
    ['things --no-all=yes', 'unexpected yes'],
  ])('%j is refused', (line, message) => {
    expect(() => said(line)).toThrow(message);
  });
});

describe('values', () => {
  const evaluate = (line: string, defaults: Record<string, string> = {}) => {
    const { path, occurrences, positional } = scan(line.split(' '));
    return evaluateLine(path, occurrences, positional, new Map(Object.entries(defaults)));
  };

  it('come from the line, then from defaults, then from the flag', () => {
    const given = evaluate('things add -c x --note=1 --note=2', {
      author: 'you',
      worker: '3',
      strict: 'false',
      foo: 'bar',
    });
    expect(given.values(ADD)).toEqual({ author: 'you', comment: 'x', notes: ['1', '2'], workers: 3, strict: false });
    expect(evaluate('things', { within: '1d' }).values(QUERY)).toEqual({
      all: false,
      receiver: '',
      within: 86_400_000,
    });
    expect(evaluate('things --within=2s', { within: '1d' }).values(QUERY).within).toBe(2_000);
  });

  it.each([
    ['things add', {}, "required flag(s) '--comment' not provided"],
    ['things add -c x -w y', {}, 'strconv.ParseFloat: parsing "y": invalid syntax'],
    ['things add -c x', { strict: 'maybe' }, 'strconv.ParseBool: parsing "maybe": invalid syntax'],
  ])('%j with %j are refused', (line, defaults, message) => {
    expect(() => evaluate(line, defaults).values(ADD)).toThrow(message);
  });

  it.each([
    ['things -a -a', "flag 'all' cannot be repeated"],
    ['nested', "must select a subcommand of 'nested'"],
  ])('%j is refused', (line, message) => {
    expect(() => evaluate(line)).toThrow(message);
  });
});

describe('completion', () => {
  it.each([
    [[], '', 'things nested'],
    [[], 'th', 'things'],
    [['things'], '', 'query add'],
    [['things'], '--', '--help --output --color --all --receiver --within'],
    [['things', 'add'], '--', '--help --output --color --author --comment --note --worker'],
    [['things', 'add'], '--no', '--note'],
    [['things', '--all'], '--re', '--receiver'],
    [['things', '-o'], '', 'simple json'],
    [['-o'], 'j', 'json'],
    [['things', '--receiver'], '', ''],
    [['nested', 'file'], 't', 'two'],
    [['nonsense'], '', ''],
    [['things', 'query', 'a=b'], '', ''],
  ])('after %j, %j may be %j', (before, word, expected) => {
    const candidates = completeLine(root, before, word);
    expect(candidates.map(({ text }) => text).join(' ')).toBe(expected);
  });
});

describe('help', () => {
  it('shows a command with its flags, arguments and what is below', () => {
    expect(formatCommandHelp([root, things, add])).toBe(`usage: prog things add --comment=COMMENT [<flags>] [<words>...]

Add.

More about it.

Flags:
  -h, --[no-]help                Help.
  -o, --output=simple            Form.
  -v, --[no-]color               Color.
  -a, --author="me"              Who.
  -c, --comment=COMMENT          Why.
      --note=NOTE ...            More.
  -w, --worker=8                 How many.

Args:
  [<words>...]                   The words.

`);
    expect(formatCommandHelp([root])).toContain(`
Commands:
  things
    query*            List.
    add               Add.
  nested
    plain             Nothing.
    file              Read.

`);
  });
});
