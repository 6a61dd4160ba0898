/**
 * Sends a group by mail: one connection for each mail, everything rendered before it is opened.
 *
 * TLS from the first byte on port 465 or by force, otherwise STARTTLS where it is required. When the server takes the
 * mail for some recipients only, they have it and the log names the others; Alertmanager would let nobody have it.
 * Alertmanager: notify/email.
 */
import { hostname } from 'node:os';

import type { Notification, Outcome } from '../../domain/notify/index.js';
import { templateData } from '../../domain/template/index.js';
import type { CancelSignal } from '../../platform/cancel-signal.js';
import { openTls } from '../../platform/http-client/index.js';
import { type Ids, systemIds } from '../../platform/ids.js';
import { SendFailed, messageOf, rejected } from '../kit/failures.js';
import { createRenderer } from '../kit/renderer.js';
import { type BuildContext, type Channel, defineReceiver } from '../receiver.js';
import { parseAddresses, parseSender } from './email.addresses.js';
import { type EmailSettings, emailConfig } from './email.config.js';
import type { TlsOptions } from './email.connect.js';
import { renderMail } from './email.message.js';
import { type Mail, deliver } from './email.session.js';

export const email = defineReceiver({
  type: 'email',
  yamlKey: 'email_configs',
  config: emailConfig,
  build: (settings, context): Channel => new EmailChannel(settings, context),
  retries: 'all',
  example: `send_resolved: true
to: Team A <team-a@example.com>, on-call@example.com
from: alerts@example.com
smarthost: mail.example.com:587
hello: router.example.com
auth_username: alerts
auth_password: email-password-secret
auth_secret: email-cram-secret
auth_identity: alerts@example.com
headers:
  Subject: '[{{ .Status | toUpper }}] {{ .GroupLabels.alertname }}'
  Reply-To: team-a@example.com
html: '{{ template "email.default.html" . }}'
text: '{{ range .Alerts }}{{ .Annotations.summary }} {{ end }}'
require_tls: true
force_implicit_tls: false
tls_config:
  server_name: mail.example.com
threading:
  enabled: true
  thread_by_date: daily
`,
});

const IMPLICIT_TLS_PORT = '465';

class EmailChannel implements Channel {
  readonly #hostname = hostname() || 'localhost.localdomain';

  constructor(
    private readonly settings: EmailSettings,
    private readonly context: BuildContext,
    private readonly ids: Ids = systemIds,
  ) {}

  async send(notification: Notification, signal: CancelSignal): Promise<Outcome> {
    const { settings, context } = this;
    const { clock } = context;
    try {
      const mail = this.#render(notification);
      if (context.witness?.mail(mail, mail.message) === false) return { kind: 'delivered' };
      const isImplicitTls = settings.forceImplicitTls ?? settings.smarthost.port === IMPLICIT_TLS_PORT;
      const tls = isImplicitTls || settings.requireTls ? await this.#tls() : {};
      const refused = await deliver(mail, { settings, isImplicitTls, tls, signal, clock });
      if (refused.length > 0) context.log.error('The mail server refused some recipients', { recipients: refused });
      return { kind: 'delivered' };
    } catch (error) {
      if (error instanceof SendFailed) return error.failure;
      throw error;
    }
  }

  #render(notification: Notification): Mail {
    const { settings, ids, context } = this;
    const now = context.clock.now();
    const renderer = createRenderer(context.templates, templateData(notification), now);
    const from = renderer.text(settings.from);
    renderer.check("execute 'from' template");
    const to = renderer.text(settings.to);
    renderer.check("execute 'to' template");
    return {
      from: parseSender(from),
      to: parseAddresses(to, 'to'),
      message: renderMail({ settings, notification, renderer, ids, hostname: this.#hostname, now }),
    };
  }

  /** Read for each mail, as its files may change; one that cannot be used is no reason not to start. */
  async #tls(): Promise<TlsOptions> {
    try {
      return (await openTls(this.settings.tlsConfig).current()).options;
    } catch (error) {
      throw new SendFailed(rejected(`parse TLS configuration: ${messageOf(error)}`));
    }
  }
}
