/**
 * docs/configuration.md and docs/web-config.md, written from the schemas that read the two files. `npm run docs` writes them,
 * a test compares.
 */
import { nestedSections, page, settingsTable } from './settings-table.mjs';

const GENERATED = 'Written by `npm run docs` from src/config; changes here are lost.';

const SAMPLE = `\`\`\`yaml alertmanager
route:
  receiver: team
  group_by: [alertname, cluster]
  routes:
    - matchers: [severity="critical"]
      receiver: on-call
      repeat_interval: 1h
inhibit_rules:
  - source_matchers: [severity="critical"]
    target_matchers: [severity="warning"]
    equal: [alertname, cluster]
receivers:
  - name: team
    webhook_configs:
      - url: https://hooks.example.org/team
  - name: on-call
    pagerduty_configs:
      - routing_key_file: /etc/alertmanager/pagerduty-key
\`\`\``;

/** File name → text. */
export const configurationPages = ({ root, web, kinds }) =>
  new Map([
    ['configuration.md', configurationPage(root, kinds)],
    ['web-config.md', webPage(web)],
  ]);

function configurationPage(root, kinds) {
  const links = new Map([
    ...kinds.map(({ type, yamlKey }) => [yamlKey, `receivers/${type}.md`]),
    ['http_config', 'receivers/http_config.md'],
  ]);
  return page(
    GENERATED,
    'The configuration file',
    "`--config.file`: Alertmanager's own file, read as it is. A setting that this page does not name is refused, with file, " +
      'line and what it may have been. `tocsin check-config` tells all problems at once, `tocsin routes test` where an alert goes.',
    SAMPLE,
    'Durations are written `30s`, `5m`, `1h30m`, `7d`; matchers `name="value"` with `=`, `!=`, `=~` or `!~`. Relative paths ' +
      'start from the folder of the file. A setting that is a secret is shown as `<secret>`.',
    settingsTable(root.fields, links),
    ...nestedSections(root.fields, '', links),
  );
}

const webPage = (web) =>
  page(
    GENERATED,
    'The web configuration file',
    '`--web.config.file`: TLS, passwords and limits for who talks to the router. Changes of it, and of the certificates that it ' +
      'names, count without a restart. Passwords are bcrypt hashes.',
    settingsTable(web.fields, new Map()),
    ...nestedSections(web.fields, '', new Map()),
  );
