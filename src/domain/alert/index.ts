export { type Alert, isResolved } from './alert.js';
