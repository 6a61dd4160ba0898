/** How long do the questions of a UI take with 10,000 alerts? */
import { playQueries, queryRows } from '../lib/queries.mjs';

export const rows = queryRows();
export const onNull = true;
export const play = (stage) => playQueries(stage, { count: stage.size(10_000, 500), times: stage.size(20, 3) });
