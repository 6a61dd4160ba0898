import { describeGoldens } from '../../../test/support/receiver-bench.js';
import { pushover } from './pushover.receiver.js';

describeGoldens(pushover, new URL('./golden/', import.meta.url));
