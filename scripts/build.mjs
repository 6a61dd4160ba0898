/** `npm run build`: compiles src to dist if it changed. */
import { build, install, refuseOldNode } from './prepare.mjs';

refuseOldNode();
install();
build();
