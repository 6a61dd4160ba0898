export { ByValues } from './by-values.js';
export { compareBytes } from './byte-order.js';
export { digitsOf, fingerprintFrom, fingerprintOf } from './fingerprint.js';
export { LabelPool } from './label-pool.js';
export { LabelSet, compareLabelSets } from './label-set.js';
export { NameList, sharedName } from './name-list.js';
export { SmallMap } from './small-map.js';
export { type MatcherMode, isClassicName, isLabelName, isLabelValue } from './validity.js';
