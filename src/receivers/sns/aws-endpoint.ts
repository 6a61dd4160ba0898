/** Where a service of AWS is: one host for each region, whose domain depends on the partition the region belongs to. */
import type { Environment } from './aws-keys.js';

const DOMAINS: readonly (readonly [RegExp, string])[] = [
  [/^cn-/, 'amazonaws.com.cn'],
  [/^us-iso-/, 'c2s.ic.gov'],
  [/^us-isob-/, 'sc2s.sgov.gov'],
  [/^us-isof-/, 'csp.hci.ic.gov'],
  [/^eu-isoe-/, 'cloud.adc-e.uk'],
  [/^eusc-/, 'amazonaws.eu'],
];

/** What the environment says of endpoints goes before the region's own, as in all of AWS's programs. */
export function awsEndpoint(service: 'sns' | 'sts', region: string, environment: Environment): string {
  const given = environment[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] || environment['AWS_ENDPOINT_URL'];
  if (given) return given;
  const domain = DOMAINS.find(([pattern]) => pattern.test(region))?.[1] ?? 'amazonaws.com';
  return `https://${service}.${region}.${domain}/`;
}
