import { readFileSync } from 'node:fs';

/** The Alertmanager that this router behaves as: what clients that ask for a version are told. */
export const COMPATIBLE_VERSION = '0.34.0';

/** Our own version, from package.json. */
export const VERSION: string = (
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
).version;

/** `--version`, in the form of Alertmanager's. */
export const versionText = (): string =>
  [
    `tocsin, version ${VERSION} (compatible with alertmanager, version ${COMPATIBLE_VERSION})`,
    `  node version:     ${process.versions.node}`,
    `  platform:         ${process.platform}/${process.arch}`,
    '',
  ].join('\n');
