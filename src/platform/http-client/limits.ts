/** Requests beyond wait for a free connection. */
export const CONNECTIONS_PER_TARGET = 64;
/** After so long an idle connection is closed. */
export const IDLE_MS = 300_000;
