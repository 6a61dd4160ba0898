/**
 * `npm start [-- flags]`: installs and builds what is missing, then runs the router in this process with the sample
 * configuration. Flags that are given come last and win.
 */
import { join } from 'node:path';
import { build, install, refuseOldNode, root } from './prepare.mjs';

refuseOldNode();
install();
build();

const sample = [`--config.file=${join(root, 'config', 'alertmanager.yml')}`, `--storage.path=${join(root, 'data')}`];
process.argv.splice(2, 0, ...sample);
await import('../dist/main.js');
