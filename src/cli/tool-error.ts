/** Ends a command: what is said to the user, and that it failed. Nothing is said when the message is empty. */
export class ToolError extends Error {
  override readonly name = 'ToolError';
}
