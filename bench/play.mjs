/**
 * Plays one scenario once against one command, in a process of its own so that no run inherits another's heap, and prints one
 * line of JSON: `node bench/play.mjs '{"scenario":"ingest-new","role":"ours","command":["node","dist/main.js"]}'`.
 */
import { Stage } from './lib/stage.mjs';

const options = JSON.parse(process.argv[2]);
const { play } = await import(`./scenarios/${options.scenario}.mjs`);
const stage = new Stage(options);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
try {
  await play(stage);
} catch (error) {
  stage.invalid.push(error.message);
} finally {
  await stage.close();
}
const { scenario, role, command } = options;
process.stdout.write(
  `${JSON.stringify({ scenario, role, command, figures: stage.figures, invalid: stage.invalid })}\n`,
);
