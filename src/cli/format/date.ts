import { formatTime } from '../../domain/template/time/layout.js';
import { timeOfMoment } from '../../domain/template/time/moment-time.js';
import type { Moment } from '../../domain/time/index.js';

/** A time by a layout in Go's manner, in the zone that the time came with. */
export const formatDate = (moment: Moment, layout: string): string => formatTime(timeOfMoment(moment), layout);
