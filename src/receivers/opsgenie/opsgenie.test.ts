import { describeGoldens } from '../../../test/support/receiver-bench.js';
import { opsgenie } from './opsgenie.receiver.js';

describeGoldens(opsgenie, new URL('./golden/', import.meta.url));
