import { describeGoldens } from '../../../test/support/receiver-bench.js';
import { victorops } from './victorops.receiver.js';

describeGoldens(victorops, new URL('./golden/', import.meta.url));
