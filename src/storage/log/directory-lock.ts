import { readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** The data directory belongs to another process that is alive. */
export class DirectoryInUseError extends Error {
  constructor(
    readonly directory: string,
    readonly pid: number,
  ) {
    super(`the data directory ${directory} is in use by the running process ${pid}`);
    this.name = 'DirectoryInUseError';
  }
}

/**
 * One process for one data directory. The file says which; a process that died without a word leaves it behind, and
 * that is no hindrance: the owner counts only while a process with that number *and* that start time runs on this host.
 * (Numbers alone come back, in containers at once.) Two that start in the same instant after a crash may both win, as may two
 * that share a volume and no host. Each then writes to a segment of its own, which leaves the log whole: a start reads both.
 */
export class DirectoryLock {
  readonly #path: string;
  /** What stands in it while it is ours. */
  #mine: string | undefined;

  constructor(
    private readonly directory: string,
    name: string,
  ) {
    this.#path = `${directory}/${name}`;
  }

  /** Throws DirectoryInUseError, or what the file system says when nothing can be written there. */
  acquire(): void {
    const mine = `${JSON.stringify(describe(process.pid))}\n`;
    for (let attempt = 0; ; attempt++) {
      try {
        writeFileSync(this.#path, mine, { flag: 'wx' });
        this.#mine = mine;
        return;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 2) throw error;
      }
      const owner = this.#owner();
      if (owner && isAlive(owner)) throw new DirectoryInUseError(this.directory, owner.pid);
      unlinkSync(this.#path);
    }
  }

  release(): void {
    const mine = this.#mine;
    if (mine === undefined) return;
    this.#mine = undefined;
    try {
      if (readFileSync(this.#path, 'utf8') === mine) unlinkSync(this.#path);
    } catch {
      // Whoever removed it before us did what we wanted; where it cannot be removed it is stale once we are gone.
    }
  }

  #owner(): Owner | undefined {
    try {
      const owner: unknown = JSON.parse(readFileSync(this.#path, 'utf8'));
      return isOwner(owner) ? owner : undefined;
    } catch {
      return undefined;
    }
  }
}

interface Owner {
  readonly pid: number;
  /** Empty where the system does not tell. */
  readonly startedAt: string;
  readonly host: string;
}

const describe = (pid: number): Owner => ({ pid, startedAt: startOf(pid), host: hostname() });

function isOwner(value: unknown): value is Owner {
  const owner = value as Partial<Owner> | null;
  return (
    typeof owner === 'object' && owner !== null && Number.isInteger(owner.pid) && typeof owner.startedAt === 'string'
  );
}

function isAlive(owner: Owner): boolean {
  if (owner.host !== hostname() || !isRunning(owner.pid)) return false;
  return startOf(owner.pid) === owner.startedAt;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Boot and ticks since then. The 22nd field of stat, counted behind the command's name, which may hold anything. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${ticks}`;
  } catch {
    return '';
  }
}
