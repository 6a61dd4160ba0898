/**
 * `npm start [-- flags]`: installs and builds what is missing, then runs the router in this process with the sample
 * configuration and a data directory of its own, unless flags say otherwise.
 */
import { join } from 'node:path';
import { build, install, refuseOldNode, root } from './prepare.mjs';

refuseOldNode();
install();
build();

const sample = { '--config.file': join(root, 'config', 'alertmanager.yml'), '--storage.path': join(root, 'data') };
const given = process.argv.slice(2);
const missing = Object.entries(sample).filter(
  ([flag]) => !given.some((arg) => arg === flag || arg.startsWith(`${flag}=`)),
);
process.argv.splice(2, 0, ...missing.map(([flag, value]) => `${flag}=${value}`));
await import('../dist/main.js');
