import { describeGoldens } from '../../../test/support/receiver-bench.js';
import { pagerduty } from './pagerduty.receiver.js';

describeGoldens(pagerduty, new URL('./golden/', import.meta.url));
