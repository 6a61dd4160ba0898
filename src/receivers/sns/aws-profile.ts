/**
 * Profiles of AWS's shared files: `~/.aws/config` and `~/.aws/credentials`, or where the environment says they are. They are
 * read anew for each use, so that rotated keys count at once. What stands in the credentials file wins.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describeFileError } from '../../platform/file-error.js';
import { SendFailed, retryable } from '../kit/failures.js';
import type { Environment } from './aws-keys.js';

export type Profile = ReadonlyMap<string, string>;

export async function readProfiles(environment: Environment): Promise<ReadonlyMap<string, Profile>> {
  const home = environment['HOME'];
  const inHome = (name: string): string | undefined => (home ? join(home, '.aws', name) : undefined);
  const config = await readSections(environment['AWS_CONFIG_FILE'] || inHome('config'));
  const credentials = await readSections(environment['AWS_SHARED_CREDENTIALS_FILE'] || inHome('credentials'));
  const profiles = new Map<string, Map<string, string>>();
  for (const [section, entries] of config) {
    const [kind = '', name] = section.split(/\s+/);
    if (kind === 'profile' && name !== undefined) profiles.set(name, entries);
    else if (section === 'default' && !profiles.has(section)) profiles.set(section, entries);
  }
  for (const [name, entries] of credentials) profiles.set(name, new Map([...(profiles.get(name) ?? []), ...entries]));
  return profiles;
}

/** A file that is not there says nothing. */
async function readSections(path: string | undefined): Promise<ReadonlyMap<string, Map<string, string>>> {
  if (path === undefined) return new Map();
  try {
    return parseSections(await readFile(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map();
    throw new SendFailed(retryable(`failed to load shared config file, ${describeFileError(error, path)}`));
  }
}

/** Indented lines belong to settings that have parts; none of ours has. */
function parseSections(text: string): Map<string, Map<string, string>> {
  const sections = new Map<string, Map<string, string>>();
  let entries = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    if (/^\s|^[#;]/.test(line)) continue;
    const [, section] = /^\[([^\]]*)\]/.exec(line) ?? [];
    if (section !== undefined) {
      entries = sections.get(section.trim()) ?? new Map<string, string>();
      sections.set(section.trim(), entries);
      continue;
    }
    const equals = line.indexOf('=');
    if (equals < 0) continue;
    const value = line.slice(equals + 1).replace(/\s[#;].*$/, '');
    entries.set(line.slice(0, equals).trim().toLowerCase(), value.trim());
  }
  return sections;
}
