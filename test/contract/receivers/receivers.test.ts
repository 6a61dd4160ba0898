import { expect, it } from '@jest/globals';

import { type ReceiverKind, isManifest } from '../../../src/receivers/receiver.js';
import { RECEIVERS } from '../../../src/receivers/registry.js';
import { snsWithin } from '../../../src/receivers/sns/sns.receiver.js';
import { type ReceiverExpectations, describeReceiver } from './receiver.contract.js';

/** Where an integration differs from the rest. */
const EXPECTATIONS: ReadonlyMap<string, ReceiverExpectations> = new Map<string, ReceiverExpectations>([
  ['pagerduty', { excluded: ['service_key'] }],
  ['slack', { success: { body: 'ok' }, needsBody: true, excluded: ['app_token'] }],
  ['pushover', { hasFixedServer: true }],
  ['jira', { success: { body: '{"issues":[]}' }, needsBody: true }],
  ['wechat', { success: { body: '{"access_token":"t","errcode":0}' }, onlySuccess: 200, readsAnswer: true }],
  ['sns', { readsAnswer: true, excluded: ['target_arn', 'phone_number'] }],
  ['telegram', { success: { body: '{"ok":true,"result":{}}' }, needsBody: true }],
  ['rocketchat', { success: { body: '{"success":true}' }, needsBody: true }],
]);

/** What the environment of a test says is not for them. */
const WITHOUT_ENVIRONMENT = new Map<string, ReceiverKind>([['sns', snsWithin({})]]);

for (const kind of RECEIVERS.map((each) => WITHOUT_ENVIRONMENT.get(each.type) ?? each))
  if (isManifest(kind)) describeReceiver(kind, { retryStatuses: kind.retries ?? [], ...EXPECTATIONS.get(kind.type) });

it('names each kind once, by type and by key', () => {
  expect(new Set(RECEIVERS.map(({ type }) => type)).size).toBe(RECEIVERS.length);
  expect(new Set(RECEIVERS.map(({ yamlKey }) => yamlKey)).size).toBe(RECEIVERS.length);
});
