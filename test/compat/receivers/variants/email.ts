import { type Variant, type Words, variantsOf } from '../variant.js';

const EARLY = 'rendering of e-mail';
const MAIL = `smarthost: 'MAIL'\nfrom: Alerts <alerts@example.com>\nto: team@example.com\nsend_resolved: true\n`;
const PLAIN = `${MAIL}require_tls: false\n`;
const LOGIN = `${PLAIN}auth_username: alerts\nauth_password: 'pass"wörd'\nauth_secret: cram\n`;
const SKIP = 'tls_config: {insecure_skip_verify: true}\n';
const T = `'{{ .Status }} <{{ .CommonLabels.team }}> & {{ .CommonAnnotations.summary }} {{ len .Alerts.Firing }}'`;
const short = (mail: Words['mail'] = {}): Words => ({ mail, story: 'failing' });
const says = (says: Readonly<Record<string, string>>): Words => hopeless({ says });
const hopeless = (mail: Words['mail'] = {}): Words => ({ mail, story: 'hopeless' });
/** The default HTML has its own markup here. */
const HTML = `html: '<p>{{ .Status }} {{ range .Alerts }}{{ .Annotations.summary }} {{ end }}</p>'\n`;

export const EMAIL_VARIANTS: readonly Variant[] = variantsOf('email', {
  minimal: PLAIN + HTML,
  odd: [PLAIN + HTML, { story: 'odd' }],
  'not resolved': (PLAIN + HTML).replace('send_resolved: true', ''),
  'default subject and text': [
    `${PLAIN}html: ''\ntext: '{{ template "pushover.default.message" . }}'`,
    { story: 'odd' },
  ],
  'every field': `${PLAIN}${HTML}text: ${T}\nhello: router.example\nheaders: {Subject: ${T}, reply-to: ${T}, X-Alert: 'a {{ .Status }}', to: shown <x@y>, Message-Id: <own@id>}`,
  'text and html': [
    `${PLAIN}${HTML}text: '{{ range .Alerts }}{{ .Annotations.description }} {{ end }}=\t'`,
    { story: 'odd' },
  ],
  'neither text nor html': `${PLAIN}html: ''`,
  'long lines': [
    `${PLAIN}${HTML}text: '{{ range .Alerts }}{{ .Annotations.description }}{{ end }}'\nheaders: {Subject: '{{ range .Alerts }}{{ .Annotations.description }}{{ end }}'}`,
    { story: 'long' },
  ],
  'dots at the beginning': [`${PLAIN}html: ''\ntext: ".\\n..\\n.x\\n"`, {}],
  'several recipients': `${PLAIN}${HTML}`.replace(
    'to: team@example.com',
    `to: 'A <a@example.com>, ,b@example.com, "C, D" <c@example.com>'`,
  ),
  'templated addresses': `${PLAIN}${HTML}`
    .replace('team@example.com', `'{{ .CommonLabels.severity }}-x@example.com'`)
    .replace('alerts@example.com', '{{ .Status }}@example.com'),
  'addresses beyond ascii': [
    `${PLAIN}${HTML}`.replace('to: team@example.com', `to: 'Jürgen <jürgen@exämple.com>'`),
    { mail: { offers: ['SMTPUTF8', '8BITMIME'] } },
  ],
  'sender with a group': [
    `${PLAIN}${HTML}`.replace('from: Alerts <alerts@example.com>', 'from: "a@example.com, b@example.com"'),
    { ...short(), differs: EARLY },
  ],
  'sender that is none': [
    `${PLAIN}${HTML}`.replace('from: Alerts <alerts@example.com>', 'from: "nobody"'),
    { ...short(), differs: EARLY },
  ],
  'recipient that is none': [
    `${PLAIN}${HTML}`.replace('to: team@example.com', `to: 'x y <'`),
    { ...short(), differs: EARLY },
  ],
  'recipient empty': [
    `${PLAIN}${HTML}`.replace('to: team@example.com', `to: '{{ .CommonLabels.nope }}'`),
    { ...short(), differs: EARLY },
  ],
  'thread daily': `${PLAIN}${HTML}threading: {enabled: true, thread_by_date: daily}`,
  'thread for ever': `${PLAIN}${HTML}threading: {enabled: true, thread_by_date: none}`,
  'hello by default': [PLAIN + HTML, short()],
  'hello is not understood': [PLAIN + HTML, says({ EHLO: '502 what' })],
  'hello is refused': [PLAIN + HTML, { ...hopeless({ says: { EHLO: '550 no', HELO: '550 go away' } }) }],
  'bad greeting': [PLAIN + HTML, hopeless({ greeting: '554 no service' })],
  '8bitmime and smtputf8': [PLAIN + HTML, short({ offers: ['8BITMIME', 'SMTPUTF8', 'SIZE 100', 'PIPELINING'] })],
  starttls: [`${MAIL}${HTML}${SKIP}`, short({ offers: ['STARTTLS'] })],
  'starttls then login': [
    `${MAIL}${HTML}${SKIP}auth_username: alerts\nauth_password: pw\nauth_identity: me`,
    short({ offers: ['STARTTLS'], offersInside: ['AUTH PLAIN LOGIN'] }),
  ],
  'starttls wanted, not offered': [`${MAIL}${HTML}`, { ...hopeless(), differs: 'words to a mail server' }],
  'starttls offered, not wanted': [PLAIN + HTML, short({ offers: ['STARTTLS'] })],
  'starttls refused': [`${MAIL}${HTML}${SKIP}`, hopeless({ offers: ['STARTTLS'], says: { STARTTLS: '454 not now' } })],
  'starttls with a certificate of nobody': [MAIL + HTML, hopeless({ offers: ['STARTTLS'] })],
  'implicit tls': [`${MAIL}${HTML}${SKIP}force_implicit_tls: true`, short({ implicitTls: true })],
  'implicit tls, own ca': [
    `${MAIL}${HTML}tls_config: {ca_file: TLS/ca.pem}\nforce_implicit_tls: true`,
    short({ implicitTls: true }),
  ],
  'implicit tls with a certificate of nobody': [
    `${MAIL}${HTML}force_implicit_tls: true`,
    hopeless({ implicitTls: true }),
  ],
  'implicit tls to a plain server': [`${MAIL}${HTML}${SKIP}force_implicit_tls: true`, hopeless()],
  'login plain': [LOGIN + HTML, short({ offers: ['AUTH PLAIN'] })],
  'login plain with identity': [`${LOGIN}${HTML}auth_identity: 'me'`, short({ offers: ['AUTH PLAIN'] })],
  'login login': [LOGIN + HTML, short({ offers: ['AUTH LOGIN'] })],
  'login cram': [LOGIN + HTML, short({ offers: ['AUTH CRAM-MD5'] })],
  'login in the order of the server': [LOGIN + HTML, short({ offers: ['AUTH XOAUTH2 LOGIN CRAM-MD5 PLAIN'] })],
  'login by what there is': [
    `${PLAIN}${HTML}auth_username: u\nauth_secret: s`,
    short({ offers: ['AUTH PLAIN LOGIN CRAM-MD5'] }),
  ],
  'login impossible': [`${PLAIN}${HTML}auth_username: u`, hopeless({ offers: ['AUTH XOAUTH2 PLAIN LOGIN CRAM-MD5'] })],
  'login not offered': [LOGIN + HTML, short()],
  'login not wanted': [PLAIN + HTML, short({ offers: ['AUTH PLAIN'] })],
  'login refused': [LOGIN + HTML, hopeless({ offers: ['AUTH PLAIN'], says: { AUTH: '535 5.7.8 no' } })],
  'login login refused': [LOGIN + HTML, hopeless({ offers: ['AUTH LOGIN'], says: { AUTH: '535 5.7.8 no' } })],
  'login with old spelling': [LOGIN + HTML, short({ offers: ['AUTH=LOGIN', 'AUTH LOGIN PLAIN'] })],
  'login from a file': [
    `${PLAIN}${HTML}auth_username: u\nauth_password_file: FILES/password`,
    { ...short({ offers: ['AUTH PLAIN'] }), files: { password: ' pw\n' } },
  ],
  'login from a file that is missing': [
    `${PLAIN}${HTML}auth_username: u\nauth_password_file: FILES/none`,
    hopeless({ offers: ['AUTH PLAIN'] }),
  ],
  'login with a secret from a file': [
    `${PLAIN}${HTML}auth_username: u\nauth_secret_file: FILES/secret`,
    { ...short({ offers: ['AUTH CRAM-MD5'] }), files: { secret: 'cram' } },
  ],
  'sender refused': [PLAIN + HTML, says({ MAIL: '550 no such sender' })],
  'recipient refused': [PLAIN + HTML, says({ RCPT: '550 no such user' })],
  'recipient deferred': [PLAIN + HTML, says({ RCPT: '450 later' })],
  'data refused': [PLAIN + HTML, says({ DATA: '451 later' })],
  'message refused': [PLAIN + HTML, says({ '.': '554 spam' })],
  'hangs up at the sender': [PLAIN + HTML, says({ MAIL: 'hang up' })],
  'hangs up at the message': [PLAIN + HTML, says({ '.': 'hang up' })],
  'not there': [(PLAIN + HTML).replace('MAIL', '127.0.0.1:1'), hopeless()],
  'subject fails': [`${PLAIN}${HTML}headers: {Subject: '{{ .Nope }}'}`, { story: 'failing', differs: EARLY }],
  'html fails': [`${PLAIN}html: '{{ .Nope }}'`, { story: 'failing', differs: EARLY }],
  'from fails': [`${PLAIN}${HTML}`.replace('alerts@example.com', '{{ .Nope }}'), { story: 'failing', differs: EARLY }],
});
