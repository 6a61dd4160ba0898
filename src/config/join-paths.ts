import { isAbsolute, join } from 'node:path';

/** A path relative to a directory, cleaned as Go does: without a slash at its end. */
export function joinPaths(directory: string, path: string): string {
  if (path === '' || isAbsolute(path)) return path;
  const joined = join(directory, path);
  return joined.length > 1 && joined.endsWith('/') ? joined.slice(0, -1) : joined;
}
