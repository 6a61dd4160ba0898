/** Packages as the lock file has them: a step of its own for the image, so that a change of the sources does not repeat it. */
import { install, refuseOldNode } from './prepare.mjs';

refuseOldNode();
install();
