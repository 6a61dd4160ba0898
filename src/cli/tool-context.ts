/** What a command is handed: its surroundings, the global flags, and on demand a router to talk to. */
import type { MatcherMode } from '../domain/labels/index.js';
import type { Command } from '../platform/command-line/index.js';
import type { Alertmanager } from './client/alertmanager.js';
import type { GlobalValues } from './global-flags.js';
import type { ToolIo } from './tool-io.js';

export interface ToolContext {
  readonly io: ToolIo;
  readonly settings: GlobalValues;
  /** How matchers are read. */
  readonly mode: MatcherMode;
  readonly hasUrl: boolean;
  /** The same one each time; the first call checks its version. */
  router(): Promise<Alertmanager>;
  /** All commands: for help and completion. */
  allTools(): Promise<Command<ToolContext>>;
}

/** For commands that talk to a router; `needs` makes it an error to call them without. */
export const NEEDS_ROUTER = ['alertmanager.url'];
