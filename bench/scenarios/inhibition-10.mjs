/** What do 10 inhibition rules with 4,000 sources in all cost: a GET, a dispatch, taking in the sources? */
import { inhibitionRows, playInhibition } from '../lib/inhibition.mjs';

export const rows = inhibitionRows();
export const play = (stage) => playInhibition(stage, { rules: stage.size(10, 10) });
