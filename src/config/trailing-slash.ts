import { appendPath, parseGoUrl } from './schema/go-url.js';

/** Some APIs are addressed by appending to the path of their URL: it must end in a slash. A query stays behind it. */
export function withTrailingSlash(url: string): string {
  const parsed = parseGoUrl(url);
  if (!parsed.ok || parsed.value.path.endsWith('/')) return url;
  return appendPath(parsed.value, '/');
}
