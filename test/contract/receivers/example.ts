import { globalSchema } from '../../../src/config/global.js';
import { Decoder, type Report } from '../../../src/config/schema/index.js';
import { REFUSED } from '../../../src/config/schema/field.js';
import { emitYaml } from '../../../src/config/yaml/emit.js';
import { parseYaml } from '../../../src/config/yaml/parse.js';
import { type Issue, formatIssue } from '../../../src/domain/issue/index.js';
import type { ReceiverManifest } from '../../../src/receivers/receiver.js';

/** Hosts below example.com stand for a server; tests put one of theirs in its place. */
export const pointedAt = (example: string, origin: string): string =>
  example.replaceAll(/https?:\/\/(?:[a-z0-9-]+\.)*example\.com/g, origin);

/** An entry of a configuration as the loader makes it, with an empty global section. */
export function readSettings(manifest: ReceiverManifest, yaml: string): unknown {
  const parsed = parseYaml(yaml);
  if (!parsed.ok) throw broken(parsed.issues);
  const decoder = new Decoder({ mode: 'fallback' });
  const root = parsed.value.root;
  const settings = root ? manifest.config.decode(root, manifest.type, decoder) : REFUSED;
  if (settings === REFUSED || decoder.issues.length > 0) throw broken(decoder.issues);
  const report: Report = (_code, _key, message) => {
    throw new Error(message);
  };
  return manifest.config.inherit(settings, globalSchema.initial, report, (file) => file);
}

/** As /status shows it. */
export const printSettings = (manifest: ReceiverManifest, settings: unknown): string =>
  emitYaml(manifest.config.encode(settings));

const broken = (issues: readonly Issue[]): Error => new Error(issues.map(formatIssue).join('\n'));
