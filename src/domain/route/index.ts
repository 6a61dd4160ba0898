export { compileRoutes } from './compile-routes.js';
export { type RouteOutcome, type RouteStep, explainRoute } from './explain-route.js';
export { MatcherIndex } from './matcher-index.js';
export type { RouteConfig } from './route-config.js';
export type { Route, RouteTree } from './route.js';
