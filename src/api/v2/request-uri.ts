/**
 * Whether a text is a URI as `net/url`'s ParseRequestURI takes it: with a scheme, or an absolute path.
 * Facts: reference "HTTP interface", section 7.4 (`mailto:x` and `/relative` pass; `not a url` and `http://a b/` fail).
 */
export function isRequestUri(text: string): boolean {
  if (text === '' || CONTROL.test(text)) return false;
  if (text === '*') return true;
  const scheme = SCHEME.exec(text)?.[0] ?? '';
  const rest = withoutQuery(text.slice(scheme.length));
  if (!rest.startsWith('/')) return scheme !== '';
  if (scheme === '' || !rest.startsWith('//')) return isWellEscaped(rest);
  const end = rest.indexOf('/', 2);
  const authority = end < 0 ? rest.slice(2) : rest.slice(2, end);
  return isAuthority(authority) && isWellEscaped(end < 0 ? '' : rest.slice(end));
}

const CONTROL = /[\u0000-\u001f\u007f]/;
const SCHEME = /^[a-zA-Z][a-zA-Z0-9+\-.]*:/;

const withoutQuery = (text: string): string => {
  const start = text.indexOf('?');
  return start < 0 ? text : text.slice(0, start);
};

const isWellEscaped = (text: string): boolean => !/%(?![0-9a-fA-F]{2})/.test(text);

const USER = /^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/;
/** What may stand in a host unescaped; above ASCII anything goes. */
const HOST = /^(?:[A-Za-z0-9\-._~!$&'()*+,;=:[\]<>"]|[^\u0000-\u007f]|%[89a-fA-F][0-9a-fA-F]|%25)*$/;

function isAuthority(authority: string): boolean {
  const at = authority.lastIndexOf('@');
  const user = at < 0 ? '' : authority.slice(0, at);
  const host = authority.slice(at + 1);
  return USER.test(user) && isWellEscaped(user) && isHost(host);
}

function isHost(host: string): boolean {
  if (host.startsWith('[')) {
    const end = host.lastIndexOf(']');
    return end > 0 && PORT.test(host.slice(end + 1)) && HOST.test(host.slice(0, end).replace(/%25[^%]*$/, ''));
  }
  const colon = host.lastIndexOf(':');
  return HOST.test(host) && (colon < 0 || PORT.test(host.slice(colon)));
}

const PORT = /^(?::[0-9]*)?$/;
