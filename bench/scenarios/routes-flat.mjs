/** What do 5,000 routes side by side cost? */
import { playRoutes, routeRows, serviceMatcher } from '../lib/routes.mjs';

export const rows = routeRows({ ingest: { least: 6, aim: 14 }, get: { least: 0.02, aim: 0.005 } });

export function play(stage) {
  const services = stage.size(5_000, 200);
  const routes = Array.from({ length: services }, (_, n) => ({ matchers: [serviceMatcher(n)] }));
  return playRoutes(stage, { services, perTeam: 50, routes });
}
