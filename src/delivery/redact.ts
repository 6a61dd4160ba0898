/**
 * The last look at a message before anyone sees it: what the settings call a secret is masked, also where a server has
 * written it into its answer.
 */
import { MASK, Secret } from '../config/secret.js';

/** Shorter ones would also be found in ordinary words. */
const SHORTEST = 4;
/** Shorter parts of a URL are words (`services`, `webhooks`) rather than keys. */
const LONGEST_WORD = 16;

export type Redact = (message: string) => string;

export function compileRedact(settings: unknown): Redact {
  // Longest first: one secret may be a part of another.
  const secrets = [...collectSecrets(settings)].sort((a, b) => b.length - a.length);
  if (secrets.length === 0) return (message) => message;
  return (message) => secrets.reduce((text, secret) => text.replaceAll(secret, MASK), message);
}

function collectSecrets(value: unknown, found = new Set<string>()): Set<string> {
  if (value instanceof Secret) addForms(value.reveal(), found);
  else if (value instanceof Map) for (const held of value.values()) collectSecrets(held, found);
  else if (typeof value === 'object' && value !== null)
    for (const held of Object.values(value)) collectSecrets(held, found);
  return found;
}

/** As it is, and as it stands in a URL; of a URL also the parts that look like keys, as templates may change the rest. */
function addForms(text: string, found: Set<string>): void {
  const parts = /^[a-z0-9]+:\/\//i.test(text)
    ? text.split(/[/?&=#:@]/).filter((part) => part.length >= LONGEST_WORD)
    : [];
  for (const form of [text, text.trim(), encodeURIComponent(text.toWellFormed()), ...parts])
    if (form.length >= SHORTEST) found.add(form);
}
