#!/usr/bin/env node
/**
 * Runs the program (program.ts): out of the bundle that the build made, or module by module where there is none.
 */
import { openBundle } from './bundle.js';
import { startFrugally } from './platform/runtime-settings.js';

startFrugally();
const bundle = openBundle(new URL('./bundle/', import.meta.url));
if (bundle) bundle.run();
else await import('./program.js');
