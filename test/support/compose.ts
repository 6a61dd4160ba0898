/** docker-compose.yml as a test sees it: who runs what, and which of our files stand where. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

import { PROJECT } from './real-process.js';

export interface ComposeService {
  readonly image: string;
  readonly build?: string;
  readonly read_only?: boolean;
  readonly ports?: readonly string[];
  /** `./ours:/theirs:ro`, or `volume:/theirs`. */
  readonly volumes?: readonly string[];
  readonly command?: readonly string[];
}

export interface Compose {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

/** A member that is missing fails the test that looks at it. */
export const readCompose = (): Compose =>
  parse(readFileSync(join(PROJECT, 'docker-compose.yml'), 'utf8'), { merge: true }) as Compose;

export interface Mount {
  /** A path in the project, or the name of a volume. */
  readonly source: string;
  readonly target: string;
  readonly isOurs: boolean;
}

export const mountsOf = ({ volumes = [] }: ComposeService): readonly Mount[] =>
  volumes.map((text) => {
    const [source = '', target = ''] = text.split(':');
    return { source, target, isOurs: source.startsWith('./') };
  });

/** Our file that the service finds at this path. */
export function mountedFile(service: ComposeService, path: string): string {
  for (const { source, target, isOurs } of mountsOf(service))
    if (isOurs && (path === target || path.startsWith(`${target}/`)))
      return join(PROJECT, source, path.slice(target.length));
  throw new Error(`nothing of ours is mounted at ${path}`);
}
