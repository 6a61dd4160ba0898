#!/usr/bin/env node
/**
 * Runs the program (program.ts): out of the bundle that the build made, or module by module where there is none.
 */
import { bundleScript } from './bundle.js';

const bundle = bundleScript(new URL('./bundle/', import.meta.url));
if (bundle) bundle.run();
else await import('./program.js');
