/** Settings of `email_configs`: where mail goes, through which server, and what it says. */
import { canonicalHeader } from '../../config/canonical-header.js';
import { type HostPort, hostPort } from '../../config/host-port.js';
import { type TlsConfig, tlsConfigSchema } from '../../config/http-config.js';
import { inherited, receiver, sendResolved } from '../../config/receiver-schema.js';
import {
  type Infer,
  type Report,
  bool,
  embedded,
  html,
  map,
  nested,
  object,
  path,
  secret,
  template,
  text,
} from '../../config/schema/index.js';

const threadingSchema = object('config.ThreadingConfig', {
  enabled: bool({ default: false, help: 'Let the mails of a group form a thread.' }),
  thread_by_date: text({ choices: ['none', 'daily'], help: 'A new thread each day, or never.' }),
});

const fields = {
  send_resolved: sendResolved(false),
  to: template({ default: '', required: true, help: 'Recipients, separated by commas.' }),
  from: inherited<string>(template({ help: 'Sender; the global smtp_from when unset.' })),
  hello: inherited<string>(text({ help: 'Name given in EHLO; the global smtp_hello when unset.' })),
  smarthost: inherited<HostPort>(hostPort({ help: 'Mail server, host:port; the global smtp_smarthost when unset.' })),
  auth_username: text({ help: 'User for the mail server.' }),
  auth_password: secret({ help: 'Password for PLAIN and LOGIN.' }),
  auth_password_file: path({ help: 'File with the password.' }),
  auth_secret: secret({ help: 'Secret for CRAM-MD5.' }),
  auth_secret_file: path({ help: 'File with the secret.' }),
  auth_identity: text({ help: 'Identity for PLAIN.' }),
  headers: map(template({ default: '' }), { help: 'Headers to add or replace.' }),
  html: html({ default: '{{ template "email.default.html" . }}', help: 'The HTML part; empty leaves it out.' }),
  text: template({ default: '', help: 'The text part; empty leaves it out.' }),
  require_tls: inherited<boolean>(bool({ help: 'Refuse to send without STARTTLS; the global value when unset.' })),
  tls_config: inherited<TlsConfig>(nested(tlsConfigSchema, { keepPaths: true, help: 'TLS towards the mail server.' })),
  force_implicit_tls: bool({ help: 'TLS from the first byte; unset decides by port (465).' }),
  threading: embedded(threadingSchema, { help: 'Threads.' }),
};
export type EmailSettings = Infer<typeof fields>;

export const emailConfig = receiver('config.EmailConfig', fields, {
  order: { printed: 2, checked: 2 },
  check(settings, report) {
    if (settings.to === '') report('missing-value', undefined, 'missing to address in email config', 'add to');
    const headers = canonicalHeaders(settings.headers, report);
    checkThreading(settings, headers, report);
    return { ...settings, headers };
  },
  inherit(own, global, report) {
    const hasPassword = own.authPassword !== undefined || own.authPasswordFile !== undefined;
    const hasSecret = own.authSecret !== undefined || own.authSecretFile !== undefined;
    // The settings that are typed as given are not until now.
    const smarthost = (own.smarthost as HostPort | undefined) ?? global.smtpSmarthost;
    const from = (own.from as string | undefined) ?? global.smtpFrom;
    if (!smarthost)
      report(
        'missing-value',
        'smarthost',
        'no global SMTP smarthost set',
        'add smarthost, or smtp_smarthost to global',
      );
    if (!from) report('missing-value', 'from', 'no global SMTP from set', 'add from, or smtp_from to global');
    return {
      ...own,
      smarthost: smarthost ?? { host: '', port: '' },
      from: from ?? '',
      hello: own.hello ?? global.smtpHello,
      authUsername: own.authUsername ?? global.smtpAuthUsername,
      authIdentity: own.authIdentity ?? global.smtpAuthIdentity,
      authPassword: hasPassword ? own.authPassword : global.smtpAuthPassword,
      authPasswordFile: hasPassword ? own.authPasswordFile : global.smtpAuthPasswordFile,
      authSecret: hasSecret ? own.authSecret : global.smtpAuthSecret,
      authSecretFile: hasSecret ? own.authSecretFile : global.smtpAuthSecretFile,
      requireTls: own.requireTls ?? global.smtpRequireTls,
      tlsConfig: own.tlsConfig ?? global.smtpTlsConfig,
      forceImplicitTls: own.forceImplicitTls ?? global.smtpForceImplicitTls,
    };
  },
  asBuilt: (settings) => ({ ...settings, headers: withDefaultHeaders(settings) }),
});

const DEFAULT_SUBJECT = '{{ template "email.default.subject" . }}';

/** The headers that every mail has, unless the configuration says otherwise. All are templates. */
export function withDefaultHeaders({ headers, to, from }: EmailSettings): ReadonlyMap<string, string> {
  return new Map([['Subject', DEFAULT_SUBJECT], ['To', to], ['From', from], ...headers]);
}

/** Names differ by more than case: two that do not are one header twice. */
function canonicalHeaders(headers: ReadonlyMap<string, string>, report: Report): ReadonlyMap<string, string> {
  const canonical = new Map<string, string>();
  for (const [name, value] of headers) {
    const key = canonicalHeader(name);
    if (canonical.has(key))
      report('duplicate-name', 'headers', `duplicate header "${key}" in email config`, 'keep one of them');
    canonical.set(key, value);
  }
  return canonical;
}

function checkThreading({ threading }: EmailSettings, headers: ReadonlyMap<string, string>, report: Report): void {
  if (!threading.enabled) return;
  for (const header of ['References', 'In-Reply-To']) {
    if (!headers.has(header)) continue;
    const message = `conflicting configuration: threading.enabled conflicts with custom ${header} header`;
    report('conflicting-values', 'headers', message, 'keep one of them');
  }
  if (threading.threadByDate !== 'none' && threading.threadByDate !== 'daily') {
    report('invalid-value', 'threading', "threading.thread_by_date must be either 'none' or 'daily'");
  }
}
