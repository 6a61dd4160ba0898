/** What do 1,000 inhibition rules with 4,000 sources in all cost: a GET, a dispatch, taking in the sources? */
import { inhibitionRows, playInhibition } from '../lib/inhibition.mjs';

export const rows = inhibitionRows({ ingest: { least: 2.5, aim: 4 } });
export const play = (stage) => playInhibition(stage, { rules: stage.size(1_000, 100) });
