import { expect, it } from '@jest/globals';

import { targetGroups } from './sd.js';

it.each([
  ['http://router-1:9093', 'router-1:9093', 'http', ''],
  ['https://alerts.example.org', 'alerts.example.org:443', 'https', ''],
  ['http://alerts.example.org/', 'alerts.example.org:80', 'http', ''],
  ['https://example.org:8443/alerts/', 'example.org:8443', 'https', '/alerts'],
  ['http://[::1]:9093', '[::1]:9093', 'http', ''],
])('%s is found as %s by %s below "%s"', (url, target, scheme, prefix) => {
  expect(targetGroups(url)).toEqual([
    { targets: [target], labels: { __meta_tocsin_scheme: scheme, __meta_tocsin_path_prefix: prefix } },
  ]);
});
