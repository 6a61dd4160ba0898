/** What the value of an attribute is: plain text, a URL, a style, a script, or something no template should fill in. */
export type ContentType = 'plain' | 'css' | 'html' | 'js' | 'srcset' | 'unsafe' | 'url';

const list = (names: string): readonly string[] => names.trim().split(/\s+/);

const URLS = list(`action archive background cite classid codebase data formaction href icon longdesc manifest poster
  profile src usemap xmlns`);

const UNSAFE = list(`accept-charset async challenge charset content crossorigin defer enctype form formenctype
  formmethod formnovalidate http-equiv keytype language method novalidate pattern rel sandbox type value`);

const TYPES: ReadonlyMap<string, ContentType> = new Map<string, ContentType>([
  ...URLS.map((name) => [name, 'url'] as const),
  ...UNSAFE.map((name) => [name, 'unsafe'] as const),
  ['srcdoc', 'html'],
  ['srcset', 'srcset'],
  ['style', 'css'],
]);

const PLAIN: ReadonlySet<string> = new Set(
  list(`accept alt autocomplete autofocus autoplay border checked class cols colspan contenteditable contextmenu controls
    coords datetime default dir dirname disabled draggable dropzone for formtarget headers height hidden high hreflang id
    ismap kind label lang list loop low max maxlength media mediagroup min multiple name open optimum placeholder preload
    pubdate radiogroup readonly required reversed rows rowspan spellcheck scope scoped seamless selected shape size sizes
    span srclang start step tabindex target title width wrap`),
);

/** `name` in lower case. */
export function attributeType(name: string): ContentType {
  let known = name;
  if (name.startsWith('data-')) known = name.slice(5);
  else if (name.includes(':')) {
    const [prefix, local] = [name.slice(0, name.indexOf(':')), name.slice(name.indexOf(':') + 1)];
    if (prefix === 'xmlns') return 'url';
    known = local;
  }
  const type = TYPES.get(known);
  if (type) return type;
  if (PLAIN.has(known)) return 'plain';
  if (known.startsWith('on')) return 'js';
  return ['src', 'uri', 'url'].some((part) => known.includes(part)) ? 'url' : 'plain';
}
