import {
  type FlagValues,
  choice,
  existingFile,
  optionalText,
  span,
  text,
  toggle,
  toggleOff,
} from '../platform/command-line/index.js';
import { FEATURES } from '../platform/features.js';

export const OUTPUTS = ['simple', 'extended', 'json'] as const;
export type Output = (typeof OUTPUTS)[number];

/** Flags of all tools: amtool's names and defaults. */
export const GLOBAL_FLAGS = {
  help: toggle('help', { short: 'h', help: 'Show help for the command (also as `tocsin help <command>`).' }),
  dateFormat: text('date.format', '2006-01-02 15:04:05 MST', {
    help: 'Layout of times, in terms of this sample time.',
  }),
  verbose: toggle('verbose', { short: 'v', help: 'Tell on stderr which requests are made.' }),
  url: optionalText('alertmanager.url', { help: 'The router to talk to; user and password may stand in it.' }),
  output: choice('output', OUTPUTS, 'simple', { short: 'o', help: 'Form of the output: simple, extended or json.' }),
  timeout: span('timeout', '30s', { help: 'Longest time for one request.' }),
  httpConfigFile: existingFile('http.config.file', {
    help: "HTTP client configuration (TLS, credentials, proxy) in the form of the configuration file's http_config.",
  }),
  versionCheck: toggleOff('version-check', {
    help: 'Warn when the router behaves as another version of Alertmanager.',
  }),
  features: text('enable-feature', '', {
    help: `Features to switch on, separated by commas: ${FEATURES.join(', ')}. Two of them say how matchers are read.`,
  }),
  version: toggle('version', { help: 'Show the version.' }),
} as const;

export type GlobalValues = FlagValues<typeof GLOBAL_FLAGS>;
