export type { Route, RouteTree } from './route.js';
