/** What do 5,000 routes cost that stand under 100 teams? */
import { playRoutes, routeRows, serviceMatcher } from '../lib/routes.mjs';

export const rows = routeRows({ ingest: { least: 2, aim: 3.5 }, dispatch: { least: 0.5, aim: 0.3 } });

export function play(stage) {
  const services = stage.size(5_000, 200);
  const perTeam = stage.size(50, 20);
  const routes = Array.from({ length: services / perTeam }, (_, team) => ({
    matchers: [`namespace="team-${team}"`],
    routes: Array.from({ length: perTeam }, (__, n) => ({ matchers: [serviceMatcher(team * perTeam + n)] })),
  }));
  return playRoutes(stage, { services, perTeam, routes });
}
