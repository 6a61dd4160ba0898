import { type Result, failed, ok } from '../../domain/issue/index.js';
import { quoteGo } from '../../domain/matcher/index.js';
import { checkSyntax } from '../../domain/template/check-syntax.js';
import { MASK } from '../secret.js';
import { parseGoUrl } from './go-url.js';

/** An absolute URL of the web, as text in the form in which it is printed. */
export function parseHttpUrl(text: string): Result<string> {
  const parsed = parseGoUrl(text);
  if (!parsed.ok) return parsed;
  const { scheme, host } = parsed.value;
  if (scheme !== 'http' && scheme !== 'https') return failed(issue(`unsupported scheme ${quoteGo(scheme)} for URL`));
  if (host === '') return failed(issue('missing host for URL'));
  return ok(parsed.value.text);
}

/** Text with `{{` must be a template and is not looked at as a URL; empty text and the mask pass. */
export function checkTemplatedUrl(text: string): Result<string> {
  if (text === '' || text === MASK) return ok(text);
  if (text.includes('{{')) {
    const problem = checkSyntax(text);
    return problem === undefined
      ? ok(text)
      : failed({ code: 'invalid-template', path: '', message: `invalid template syntax: ${problem}` });
  }
  const parsed = parseHttpUrl(text);
  return parsed.ok ? parsed : failed(issue(`invalid URL: ${parsed.issues[0]?.message ?? ''}`));
}

const issue = (message: string) =>
  ({ code: 'invalid-url', path: '', message, hint: 'for example https://hooks.example.com/path' }) as const;
