/** How long do the questions of a UI take with 50,000 alerts, and what memory do they cost? */
import { playQueries, queryRows } from '../lib/queries.mjs';

export const onNull = true;
export const rows = queryRows({ rss: { least: 0.4, aim: 0.2 } });
export const play = (stage) => playQueries(stage, { count: stage.size(50_000, 1_000), times: stage.size(7, 2) });
