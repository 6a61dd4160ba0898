import { type BigIntStats, statSync } from 'node:fs';

import type { WebSettings, WebSettingsRead } from './web-settings.js';

/**
 * The web configuration as it stands now. Alertmanager reads its file for every request; here the files are looked at (a few
 * microseconds) and read again only when one of them was touched.
 *
 * Keeps: what `current()` gives is never older than the files. It throws while they cannot be read or are wrong.
 */
export class WebSource {
  #read: WebSettingsRead;
  #stamp: string;

  /** Throws when the first reading fails. */
  constructor(private readonly readAll: () => WebSettingsRead) {
    this.#read = readAll();
    this.#stamp = stampOf(this.#read.files);
  }

  current(): WebSettings {
    const stamp = stampOf(this.#read.files);
    if (stamp !== this.#stamp) {
      this.#read = this.readAll();
      this.#stamp = stampOf(this.#read.files);
    }
    return this.#read.settings;
  }
}

const stampOf = (files: readonly string[]): string => files.map(stampOfFile).join('|');

function stampOfFile(file: string): string {
  const stat: BigIntStats | undefined = statSync(file, { bigint: true, throwIfNoEntry: false });
  return stat ? `${stat.ino}/${stat.size}/${stat.mtimeNs}/${stat.ctimeNs}` : 'gone';
}
