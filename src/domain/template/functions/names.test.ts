import { expect, it } from '@jest/globals';

import { ALERTMANAGER_FUNCTIONS } from './alertmanager.js';
import { BUILTINS } from './builtins.js';
import { ALERTMANAGER_NAMES, BUILTIN_NAMES } from './names.js';

it.each([
  ['Go', BUILTINS, BUILTIN_NAMES],
  ['Alertmanager', ALERTMANAGER_FUNCTIONS, ALERTMANAGER_NAMES],
])('%s has the functions that are named, and no others', (_whose, functions, names) =>
  expect([...functions.keys()].sort()).toEqual([...names].sort()),
);
