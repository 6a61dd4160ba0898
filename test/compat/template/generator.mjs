/**
 * Random templates from a seed: mostly sensible ones, with now and then a wrong type, a missing argument or a broken bracket,
 * so that errors are compared too.
 */
export function* templates(seed, count) {
  const random = mulberry(seed);
  for (let i = 0; i < count; i++) {
    const engine = random() < 0.4 ? 'html' : 'text';
    yield { engine, text: new Generator(random).template(engine) };
  }
}

function mulberry(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const STRINGS = [
  '""',
  '"a"',
  '"x y"',
  '"<b>&\'\\"</b>"',
  '"\\t\\n"',
  '"é😀"',
  '`raw "q" \\n`',
  '"http://x/?a=b&c=d e"',
  '"javascript:x"',
  '"%41%zz"',
  '"\\x41\\u00e9\\U0001F600"',
  '"A.B-C d\'e"',
  '"\\xff"',
  '"3"',
  '"critical"',
  '"</script>"',
  '"*/ // <!-- "',
  '"#Z ?q"',
  '"a,b, c"',
  '"1.50"',
];
const LABELS = ['alertname', 'cluster', 'instance', 'severity', 'zone', 'nope'];
const LAYOUTS = [
  '"2006-01-02T15:04:05Z07:00"',
  '"Mon Jan _2 15:04:05.000 -0700 2006"',
  '"3:04PM MST"',
  '"Monday, 02-Jan-06 15:04:05,999"',
  '"__2 002 1/2/06 03 pm"',
  '"January Janet -07 Z0700 .999999999"',
  '"_2006 05.0 4 5"',
];
const VERBS = 'vdsqxXobcUtTeEfFgGO'.split('');
const MARKUP = [
  '<p>',
  '</p>',
  '<br/>',
  '<!-- c -->',
  '<a href="',
  '">',
  '<a href=',
  '>',
  "<div title='",
  "'>",
  '<script>',
  '</script>',
  'var x = ',
  ';',
  '<style>',
  '</style>',
  'p { color: ',
  '}',
  '<img src="/p?q=',
  '#',
  '<input value=',
  ' ',
  '<title>',
  '</title>',
  '<textarea>',
  '</textarea>',
  ' onclick="f(',
  ')"',
  ' style="width: ',
  '"',
  "'",
  '`',
  '<!DOCTYPE html>',
  '<',
  '&amp;',
  'background: url(',
  ')',
  '/* x */',
  '// y\n',
];

class Generator {
  constructor(random) {
    this.random = random;
    this.vars = [];
    this.loops = 0;
    this.size = 0;
  }

  template(engine) {
    this.engine = engine;
    const parts = [];
    // A template that calls itself may well never end, which Go finds out only after a very long time.
    this.mayCall = false;
    if (this.chance(0.15)) parts.push(`{{ define "d" }}${this.body(1)}{{ end }}`);
    this.mayCall = true;
    parts.push(this.body(0));
    const text = parts.join('');
    return this.chance(0.03) ? this.damage(text) : text;
  }

  chance(p) {
    return this.random() < p;
  }

  int(n) {
    return Math.floor(this.random() * n);
  }

  pick(list) {
    return list[this.int(list.length)];
  }

  damage(text) {
    const at = this.int(text.length);
    const kind = this.int(3);
    if (kind === 0) return text.slice(0, at) + text.slice(at + 1);
    if (kind === 1)
      return (
        text.slice(0, at) +
        this.pick(['{{', '}}', '(', ')', '|', '"', ' ', '.', '$', "'", '!', '{{end}}', '{{else}}']) +
        text.slice(at)
      );
    return text.slice(0, at);
  }

  body(depth) {
    const mark = this.vars.length;
    let out = '';
    for (let i = 1 + this.int(depth === 0 ? 5 : 3); i > 0; i--) out += this.piece(depth);
    this.vars.length = mark;
    return out;
  }

  text() {
    if (this.engine === 'html' && this.chance(0.75)) return this.markup();
    return this.pick(['a', ' ', '\n', 'text ', ' é ', '\t', '- ', '1', 'x=', ', ', '}', '{ ', '%', '\\']);
  }

  /** Whole elements mostly, loose pieces sometimes. */
  markup() {
    const hole = () => `{{ ${this.any(2)} }}`;
    switch (this.int(14)) {
      case 0:
        return `<p title="${hole()}">${hole()}</p>`;
      case 1:
        return `<a href="${this.pick(['', '/p/', '/p?q=', '#', 'http://x/'])}${hole()}">x</a>`;
      case 2:
        return `<script>var v = ${hole()};</script>`;
      case 3:
        return `<script>f("${hole()}", '${hole()}', \`${hole()}\`)</script>`;
      case 4:
        return `<div style="${this.pick(['color: ', 'width: ', 'background: url(', ''])}${hole()}${this.pick(['', ')', ';'])}">y</div>`;
      case 5:
        return `<style>p { ${this.pick(['color: ', 'background: url("', "content: '"])}${hole()}${this.pick(['', '")', "'"])} }</style>`;
      case 6:
        return `<input value=${hole()}>`;
      case 7:
        return `<title>${hole()}</title>`;
      case 8:
        return `<b onclick="f(${hole()})">z</b>`;
      case 9:
        return `<b ${hole()}="v">n</b>`;
      case 10:
        return `<img srcset="${hole()}" data-url='${hole()}'>`;
      case 11:
        return `<script>x = /${hole()}/ / 2</script>`;
      default:
        return this.pick(MARKUP);
    }
  }

  trim(inner) {
    return `{{${this.chance(0.12) ? '- ' : ' '}${inner}${this.chance(0.12) ? ' -' : ' '}}}`;
  }

  piece(depth) {
    if (++this.size > 40 || depth > 3) return this.text();
    switch (this.int(16)) {
      case 0:
      case 1:
      case 2:
        return this.text();
      case 3:
      case 4:
      case 5:
      case 6:
      case 7:
        return this.trim(this.any(3));
      case 8:
        return this.trim(`if ${this.any(2)}`) + this.body(depth + 1) + this.otherwise('if', depth) + this.trim('end');
      case 9:
        return (
          this.trim(`with ${this.any(2)}`) + this.body(depth + 1) + this.otherwise('with', depth) + this.trim('end')
        );
      case 10:
      case 11:
        return this.range(depth);
      case 12:
        return this.declaration();
      case 13:
        return this.mayCall && this.chance(0.7)
          ? this.trim(`template "d" ${this.any(2)}`)
          : `{{ block "b${this.int(3)}" . }}${this.block(depth)}{{ end }}`;
      case 14:
        return this.loops > 0
          ? this.trim(`if ${this.bool(2)}`) + this.trim(this.pick(['break', 'continue'])) + this.trim('end')
          : '{{/* note */}}';
      default:
        return this.trim(this.any(3));
    }
  }

  block(depth) {
    const [vars, loops] = [this.vars, this.loops];
    this.vars = [];
    this.loops = 0;
    const body = this.body(depth + 1);
    this.vars = vars;
    this.loops = loops;
    return body;
  }

  otherwise(kind, depth) {
    if (this.chance(0.5)) return '';
    const condition = this.chance(0.3) ? ` ${kind} ${this.any(2)}` : '';
    return this.trim(`else${condition}`) + this.body(depth + 1);
  }

  range(depth) {
    const mark = this.vars.length;
    // Never a number of any size: Go would count to it.
    const over = this.chance(0.85)
      ? this.list(2)
      : this.pick([() => this.string(2), () => this.bool(2), () => this.time(1)])();
    let head = over;
    const form = this.int(4);
    if (form === 1) head = `$e := ${over}`;
    if (form === 2) head = `$i, $e := ${over}`;
    if (form === 3 && this.vars.length > 0) head = `${this.pick(this.vars)} = ${over}`;
    if (form === 1) this.vars.push('$e');
    if (form === 2) this.vars.push('$i', '$e');
    this.loops++;
    const body = this.body(depth + 1);
    this.loops--;
    this.vars.length = mark;
    const rest = this.chance(0.3) ? this.trim('else') + this.body(depth + 1) : '';
    return this.trim(`range ${head}`) + body + rest + this.trim('end');
  }

  declaration() {
    if (this.vars.length > 0 && this.chance(0.4)) return this.trim(`${this.pick(this.vars)} = ${this.any(2)}`);
    const name = this.pick(['$x', '$y', '$z']);
    const action = this.trim(`${name} := ${this.any(2)}`);
    this.vars.push(name);
    return action;
  }

  any(depth) {
    switch (this.int(12)) {
      case 0:
      case 1:
      case 2:
      case 3:
        return this.string(depth);
      case 4:
      case 5:
        return this.number(depth);
      case 6:
        return this.bool(depth);
      case 7:
        return this.list(depth);
      case 8:
        return this.map(depth);
      case 9:
        return this.vars.length > 0 ? this.pick(this.vars) : '$.GroupLabels';
      case 10:
        return this.time(depth);
      default:
        return this.chance(0.2) ? this.odd(depth) : this.string(depth);
    }
  }

  /** A pipeline in parentheses where an argument stands. */
  arg(kind, depth) {
    const expression = this.chance(0.015)
      ? this.pick([
          () => this.string(depth - 1),
          () => this.number(depth - 1),
          () => this.bool(depth - 1),
          () => this.strings(depth - 1),
        ])()
      : this[kind](depth - 1);
    return /^[^ (|]+$|^"[^"]*"$|^`[^`]*`$/.test(expression) && expression !== 'nil' ? expression : `(${expression})`;
  }

  odd(depth) {
    return this.pick([
      () => 'nil',
      () => '.Nope',
      () => '$.Status.X',
      () => '.Status 1',
      () => 'len 3',
      () => `index ${this.arg('list', depth)} 9`,
      () => 'toUpper',
      () => '1 | 2',
      () => '(1).x',
      () => 'nil | print',
      () => 'print nil',
      () => 'call .Status',
      () => 'html',
      () => '"a" | nope',
      () => 'index nil 1',
      () => 'slice "abc" 2 1',
      () => 'eq 1 1.0',
      () => 'lt . 1',
      () => '$.Alerts.Firing.Resolved',
      () => 'eq .Alerts .Alerts',
      () => '(index .Alerts 0).Nope',
      () => 'dict 1 2',
      () => '.RouteLabels.Names',
      () => 'index .RouteLabels "Names"',
      () => '(dict "a" nil).a',
      () => '(dict "a" 1).b',
      () => '(dict).a.b',
      () => 'not nil',
      () => 'and',
      () => 'or 1 (nope)',
      () => 'print (1',
      () => '$undefined',
      () => 'eq nil nil',
      () => 'eq 1 nil',
      () => 'ne "a" nil',
    ])();
  }

  string(depth) {
    if (depth <= 0)
      return this.chance(0.5)
        ? this.pick(STRINGS)
        : this.pick(['.Status', '$.Status', '$.Receiver', '$.ExternalURL', `$.GroupLabels.${this.pick(LABELS)}`]);
    const s = () => this.arg('string', depth);
    return this.pick([
      () => this.pick(STRINGS),
      () => `$.CommonLabels.${this.pick(LABELS)}`,
      () => `(index $.Alerts ${this.int(3)}).Labels.${this.pick(LABELS)}`,
      () => `(index $.Alerts ${this.int(3)}).GeneratorURL`,
      () => `index $.RouteLabels ${this.pick(['"team"', '"a-b"', '"q"'])}`,
      () =>
        `${this.string(depth - 1)} | ${this.pick(['toUpper', 'toLower', 'trimSpace', 'html', 'js', 'urlquery', 'print', 'base64encode', 'toJson', 'safeHtml', 'safeUrl', 'len'])}`,
      () => `print ${this.arg('any', depth)} ${this.arg('any', depth)}`,
      () => `println ${this.arg('any', depth)}`,
      () => this.printf(depth),
      () => this.printf(depth),
      () => `join ${s()} ${this.arg('strings', depth)}`,
      () =>
        `reReplaceAll ${this.pick(['"[a-z]+"', '"(\\\\w)(\\\\d*)"', '"a*"', '"("', '"(?i)CPU"', '"$"'])} ${this.pick(['"X"', '"${1}-$2"', '"$1x"', '"$$"', '"<$0>"'])} ${s()}`,
      () => `slice ${s()} ${this.int(3)}${this.chance(0.5) ? ` ${this.int(6)}` : ''}`,
      () => `or ${s()} ${s()}`,
      () => `and ${s()} ${s()}`,
      () => `date ${this.pick(LAYOUTS)} ${this.arg('time', depth)}`,
      () => `${this.arg('time', depth)}.Format ${this.pick(LAYOUTS)}`,
      () => `$.GroupLabels.SortedPairs.Values.Join ${s()}`,
      () => `toJson ${this.arg('any', depth)}`,
      () => `urlquery ${this.arg('any', depth)} ${s()}`,
      () => `html ${this.arg('any', depth)}`,
      () => `js ${s()}`,
      () => `safeHtml ${s()}`,
      () => `safeUrl ${s()}`,
      () => `base64decode (base64encode ${s()})`,
    ])();
  }

  printf(depth) {
    let format = '';
    const args = [];
    for (let i = 1 + this.int(3); i > 0; i--) {
      format += this.pick(['', 'a ', '=', '%%', 'é']);
      let directive = '%';
      if (this.chance(0.4)) directive += this.pick(['+', '-', '#', ' ', '0', '+0', '-0', '# ', '0#']);
      if (this.chance(0.1)) directive += `[${1 + this.int(3)}]`;
      if (this.chance(0.3)) directive += this.pick(['1', '3', '8', '12', '*', '20']);
      if (this.chance(0.3)) directive += this.pick(['.0', '.1', '.3', '.', '.10', '.*']);
      directive += this.chance(0.03) ? this.pick(['z', '!', 'w', '', 'é']) : this.pick(VERBS);
      format += directive;
      if (!this.chance(0.04)) args.push(this.arg(this.pick(['string', 'number', 'number', 'bool', 'shown']), depth));
    }
    return `printf "${format}" ${args.join(' ')}`.trim();
  }

  /** Nothing that holds a time in a zone: number verbs would show Go's memory. */
  shown(depth) {
    return this.pick([
      () => this.strings(depth),
      () => 'slice $.Alerts 2',
      () => '$.GroupLabels',
      () => '$.GroupLabels.SortedPairs',
      () => 'dict "a" 1 "b" (list 2.5 "x")',
      () => 'list 1 "a" true',
      () => '(index $.Alerts 0).StartsAt',
      () => '$.Alerts.Firing',
      () => '(index $.Alerts 0).EndsAt.Sub (index $.Alerts 0).StartsAt',
      () => '(index $.Alerts 1).StartsAt.Weekday',
      () => 'nil | print',
    ])();
  }

  number(depth) {
    if (depth <= 0 || this.chance(0.4))
      return this.pick([
        '0',
        '1',
        '-1',
        '42',
        '007',
        '0x1F',
        '0b101',
        '0o17',
        '1_000',
        "'a'",
        "'\\n'",
        '1.5',
        '-0.0',
        '1e6',
        '1e-7',
        '123456.789',
        '.5',
        '1e21',
        '3i',
        '1+2i',
        '9223372036854775807',
        '-9223372036854775808',
        '0x1p4',
        '2.5',
        '0.1',
        '100000',
        '1e20',
        '12345678.9',
        '9007199254740993',
      ]);
    return this.pick([
      () => `len ${this.arg('list', depth)}`,
      () => `len ${this.arg('string', depth)}`,
      () => `index ${this.arg('string', depth)} ${this.int(3)}`,
      () =>
        `${this.arg('time', depth)}.${this.pick(['Unix', 'UnixMilli', 'Year', 'Month', 'Day', 'Hour', 'Weekday', 'YearDay', 'Nanosecond', 'UnixNano'])}`,
      () =>
        `(${this.arg('time', depth)}.Sub ${this.arg('time', depth)})${this.pick(['', '.Hours', '.Seconds', '.String', '.Minutes', '.Milliseconds'])}`,
      () => `or 0 ${this.arg('number', depth)}`,
    ])();
  }

  bool(depth) {
    if (depth <= 0) return this.pick(['true', 'false']);
    const n = () => this.arg('number', depth);
    const s = () => this.arg('string', depth);
    const compare = this.pick(['eq', 'ne', 'lt', 'le', 'gt', 'ge']);
    return this.pick([
      () => `${compare} ${s()} ${s()}`,
      () => `${compare} ${n()} ${n()}`,
      () => `eq ${s()} ${s()} ${s()}`,
      () => `not ${this.arg('any', depth)}`,
      () => `and ${this.arg('bool', depth)} ${this.arg('bool', depth)}`,
      () => `or ${this.arg('bool', depth)} ${this.arg('string', depth)}`,
      () => `match ${this.pick(['"^a"', '"web-\\\\d"', '"("', '"."'])} ${s()}`,
      () =>
        `${this.arg('time', depth)}.${this.pick(['IsZero', 'Before', 'After', 'Equal'])} ${this.chance(0.8) ? this.arg('time', depth) : ''}`.replace(
          /IsZero .*/,
          'IsZero',
        ),
      () => `eq ${this.arg('time', depth)} ${this.arg('time', depth)}`,
      () => 'eq $.Alerts.Firing nil',
    ])();
  }

  strings(depth) {
    return this.pick([
      () => '$.GroupLabels.Names',
      () => '$.CommonLabels.Values',
      () => `stringSlice ${this.arg('string', depth)} "q"`,
      () => '(index $.Alerts 0).Labels.SortedPairs.Values',
      () => 'stringSlice',
    ])();
  }

  list(depth) {
    return this.pick([
      () => '$.Alerts',
      () => '$.Alerts.Firing',
      () => '$.Alerts.Resolved',
      () => this.strings(depth),
      () => '$.GroupLabels',
      () => '$.GroupLabels.SortedPairs',
      () => `list ${this.arg('any', depth)} ${this.arg('any', depth)}`,
      () => 'list',
      () => `append (list 1) ${this.arg('any', depth)}`,
      () => this.pick(['3', '0', '-1']),
      () => this.map(depth),
      () => `slice $.Alerts ${this.int(3)}`,
    ])();
  }

  map(depth) {
    return this.pick([
      () => '$.CommonLabels',
      () => '$.RouteLabels',
      () => `dict "a" ${this.arg('any', depth)} "b" ${this.arg('any', depth)}`,
      () => 'dict',
      () => `(index $.Alerts ${this.int(3)}).Labels`,
      () => `$.GroupLabels.Remove ${this.arg('strings', depth)}`,
    ])();
  }

  time(depth) {
    if (depth <= 0) return `(index $.Alerts ${this.int(3)}).${this.pick(['StartsAt', 'EndsAt'])}`;
    const t = () => this.arg('time', depth);
    return this.pick([
      () => `(index $.Alerts ${this.int(3)}).StartsAt`,
      () => `(index $.Alerts ${this.int(3)}).EndsAt`,
      () =>
        `tz ${this.pick(['"Europe/Paris"', '"America/New_York"', '"Asia/Kolkata"', '""', '"UTC"', '"Europe/London"', '"Asia/Tokyo"', '"Nope/Nope"', '"Australia/Lord_Howe"', '"America/Sao_Paulo"'])} ${t()}`,
      () =>
        `toDate "2006-01-02 15:04" ${this.pick(['"2024-02-29 12:30"', '"bad"', '"2024-02-30 00:00"', '"2024-12-31 23:59:07.5"'])}`,
      () =>
        `mustToDate ${this.pick(['"2006-01-02T15:04:05Z07:00" "2024-03-10T01:02:03+05:30"', '"Jan _2 2006 at 3:04pm (MST)" "Feb  3 2013 at 7:54pm (PST)"', '"2006" "x"', '"02 Jan 06 15:04 -0700" "31 Jan 70 24:00 +0000"'])}`,
      () => `${t()}.UTC`,
      () => `${t()}.AddDate 0 ${this.int(14)} -3`,
      () => `${t()}.Truncate ((index $.Alerts 1).EndsAt.Sub (index $.Alerts 1).StartsAt)`,
    ])();
  }
}
