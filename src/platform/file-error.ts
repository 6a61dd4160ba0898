/** Why a file could not be read, in Go's words: what operators know from Alertmanager's log. */
const TEXTS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  ENOTDIR: 'not a directory',
  ELOOP: 'too many levels of symbolic links',
  EMFILE: 'too many open files',
  EFBIG: 'file too large',
};

/** `open /etc/token: no such file or directory` */
export function describeFileError(error: unknown, path: string): string {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return code === 'EISDIR' ? `read ${path}: is a directory` : `open ${path}: ${TEXTS[code] ?? code}`;
}

/** The reason stands in the message, so that it is not to be said twice by a cause. */
export const fileError = (error: unknown, path: string, before = ''): Error =>
  new Error(`${before}${describeFileError(error, path)}`);
