/** The state of a router that does not run, written as Alertmanager's files. Loaded by the one command that needs it. */
import { existsSync } from 'node:fs';
import { alertFromRecord, alertFromText } from '../domain/alert/index.js';
import { LabelPool } from '../domain/labels/index.js';
import { duration } from '../domain/time/index.js';
import { createLogger, errorText } from '../platform/log.js';
import { createMetrics } from '../platform/metrics.js';
import { parseServerFlags } from '../platform/server-flags.js';
import { COMPATIBLE_VERSION } from '../platform/version.js';
import { openStorage } from '../storage/open-storage.js';
import type { Storage } from '../storage/storage.js';
import { readState } from '../storage/upstream/alertmanager-files.js';
import { exportUpstream } from '../storage/upstream/export-upstream.js';
import { SNAPSHOT_NAMES, hasSnapshotFile, writeSnapshotFile } from '../storage/upstream/snapshot-files.js';
import { Progress } from './progress.js';
import { ToolError } from './tool-error.js';
import type { ToolIo } from './tool-io.js';

export interface StateExport {
  readonly storagePath: string;
  /** The directory to write to. */
  readonly to: string;
  readonly retention: number;
  /** Whether files that are there may go. */
  readonly replace: boolean;
}

export interface ExportedCounts {
  readonly silences: number;
  readonly entries: number;
}

export async function exportState(values: StateExport, io: ToolIo): Promise<ExportedCounts> {
  const { storagePath, to, retention, replace } = values;
  if (!existsSync(storagePath)) throw new ToolError(`there is no directory ${storagePath}`);
  const taken = SNAPSHOT_NAMES.filter((name) => hasSnapshotFile(to, name));
  if (taken.length > 0 && !replace)
    throw new ToolError(`${to} has ${taken.join(' and ')} already; --replace writes over what is there`);
  const storage = await open(storagePath, io);
  try {
    const state = { ...readState(storage), alerts: alertsIn(storage) };
    if (state.silences.length + state.entries.length === 0)
      io.err(`Warning: ${storagePath} holds neither silences nor log entries\n`);
    const progress = new Progress('translated', state.entries.length, io);
    const files = exportUpstream(state, duration(retention), io.clock.now(), () => progress.add(false));
    progress.end();
    for (const name of SNAPSHOT_NAMES) writeSnapshotFile(to, name, files[name]);
    return { silences: state.silences.length, entries: state.entries.length };
  } catch (error) {
    throw new ToolError(errorText(error), { cause: error });
  } finally {
    await storage.close();
  }
}

async function open(storagePath: string, io: ToolIo): Promise<Storage> {
  const { clock, err } = io;
  const build = {
    version: COMPATIBLE_VERSION,
    revision: '',
    branch: '',
    buildUser: '',
    buildDate: '',
    runtimeVersion: '',
  };
  try {
    const { storage } = await openStorage({
      options: parseServerFlags([`--storage.path=${storagePath}`]),
      clock,
      log: createLogger({ level: 'warn', format: 'logfmt', clock, write: err }),
      metrics: createMetrics({ build, runtime: false, receiverNames: false, alertNames: false, groupKeys: false }),
    });
    return storage;
  } catch (error) {
    throw new ToolError(errorText(error), { cause: error });
  }
}

function* alertsIn(storage: Storage) {
  const pool = new LabelPool();
  for (const { value } of storage.load('alert')) {
    const alert = typeof value === 'string' ? alertFromText(value, pool) : alertFromRecord(value);
    if (alert.ok) yield alert.value;
  }
}
