/** URLs of the configuration with more of a path. They are known to be URLs; a query stays behind the path. */
import { posix } from 'node:path';

import { appendPath, parseGoUrl } from '../../config/schema/go-url.js';
import { encodeQuery } from './query.js';

/** Appended as it is, escaped where it must be. */
export function withPath(url: string, more: string): string {
  const parsed = parseGoUrl(url);
  return parsed.ok ? appendPath(parsed.value, more) : url + more;
}

/** The same with one parameter more in its query. */
export function withParameter(url: string, name: string, value: string): string {
  const [start = '', ...rest] = url.split('?');
  const parameters = [...new URLSearchParams(rest.join('?'))].filter(([key]) => key !== name);
  return `${start}?${encodeQuery([...parameters, [name, value]])}`;
}

/** With a path below its own, which loses doubled and trailing slashes. */
export function joinPath(url: string, more: string): string {
  const parsed = parseGoUrl(url);
  if (!parsed.ok) return `${url}/${more}`;
  return appendPath({ ...parsed.value, path: '' }, posix.join('/', parsed.value.path, more));
}
