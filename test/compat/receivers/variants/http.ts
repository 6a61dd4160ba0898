/** The HTTP client below every integration, seen through the webhook. */
import { type Variant, STATUSES, answersOf, variantsOf } from '../variant.js';

const OAUTH = (more = ''): string => `url: FAKE/hook
http_config: {oauth2: {client_id: 'id &', client_secret: 's&?cret', token_url: FAKE/token, scopes: [a, 'b c']${more}}}`;

const tokenThenOk = ({ url }: { url: string }) =>
  url.startsWith('/token')
    ? {
        headers: { 'Content-Type': 'application/json' },
        body: '{"access_token":"oauth token","token_type":"Bearer","expires_in":3600}',
      }
    : {};

export const HTTP_VARIANTS: readonly Variant[] = [
  ...variantsOf('webhook', {
    'http basic auth': `url: FAKE/hook\nhttp_config: {basic_auth: {username: 'us:er', password: 'pässword'}}`,
    'http basic auth, only a user': 'url: FAKE/hook\nhttp_config: {basic_auth: {username: user}}',
    'http basic auth from files': [
      'url: FAKE/hook\nhttp_config: {basic_auth: {username_file: FILES/user, password_file: FILES/password}}',
      { files: { user: ' user\n', password: 'pass word\n' } },
    ],
    'http authorization': 'url: FAKE/hook\nhttp_config: {authorization: {credentials: token}}',
    'http authorization type': `url: FAKE/hook\nhttp_config: {authorization: {type: ' ApiKey ', credentials: token}}`,
    'http authorization file': [
      'url: FAKE/hook\nhttp_config: {authorization: {credentials_file: FILES/token}}',
      { files: { token: '\ttoken\n' } },
    ],
    'http authorization file missing': [
      'url: FAKE/hook\nhttp_config: {authorization: {credentials_file: FILES/none}}',
      { story: 'hopeless' },
    ],
    'http bearer token': 'url: FAKE/hook\nhttp_config: {bearer_token: token}',
    'http bearer token file': [
      'url: FAKE/hook\nhttp_config: {bearer_token_file: FILES/token}',
      { files: { token: 'token\n' } },
    ],
    'http user in the url': 'url: http://us%40er:p%3Aw@HOST/ID/hook',
    'http user in the url beside basic auth':
      'url: http://user:pw@HOST/ID/hook\nhttp_config: {basic_auth: {username: other, password: x}}',
    'http headers': [
      `url: FAKE/hook
http_config: {http_headers: {X-One: {values: [a, b]}, x-two: {secrets: [s]}, X-Three: {files: [FILES/three]}, content-language: {values: [xx]}}}`,
      { files: { three: ' three\n' } },
    ],
    'http oauth2': [OAUTH(), { answer: tokenThenOk }],
    'http oauth2 with parameters': [OAUTH(`, endpoint_params: {audience: 'a b', x: ''}`), { answer: tokenThenOk }],
    'http oauth2 with file': [
      'url: FAKE/hook\nhttp_config: {oauth2: {client_id: id, client_secret_file: FILES/secret, token_url: FAKE/token}}',
      { answer: tokenThenOk, files: { secret: 'secret\n' } },
    ],
    'http oauth2 refused': [
      OAUTH(),
      {
        story: 'hopeless',
        answer: () => ({
          status: 401,
          headers: { 'Content-Type': 'application/json' },
          body: '{"error":"invalid_client","error_description":"no"}',
        }),
        answers: [],
      },
    ],
    'http tls, not checked': 'url: SECURE/hook\nhttp_config: {tls_config: {insecure_skip_verify: true}}',
    'http tls, own ca': 'url: SECURE/hook\nhttp_config: {tls_config: {ca_file: TLS/ca.pem}}',
    'http tls, unknown ca': ['url: SECURE/hook', { story: 'hopeless' }],
    'http tls, other name': [
      'url: SECURE/hook\nhttp_config: {tls_config: {ca_file: TLS/ca.pem, server_name: elsewhere.example}}',
      { story: 'hopeless' },
    ],
    'http tls to a plain server': ['url: https://HOST/ID/hook', { story: 'hopeless' }],
    'http plain to a tls server': ['url: http://SECUREHOST/ID/hook', { story: 'hopeless' }],
    'http proxy': 'url: http://hook.example/x?y=z\nhttp_config: {proxy_url: PROXY}',
    'http proxy to tls':
      'url: https://hook.example/x?y=z\nhttp_config: {proxy_url: PROXY, tls_config: {insecure_skip_verify: true}}',
    'http proxy, not for this': 'url: FAKE/hook\nhttp_config: {proxy_url: "http://127.0.0.1:1", no_proxy: "127.0.0.1"}',
    'http proxy that is not there': [
      'url: http://hook.example/x\nhttp_config: {proxy_url: "http://127.0.0.1:1"}',
      { story: 'hopeless' },
    ],
    'http no redirects': [
      'url: FAKE/hook\nhttp_config: {follow_redirects: false}',
      { story: 'failing', answers: [{ status: 307, headers: { Location: '/elsewhere' } }] },
    ],
    'http redirect 302': [
      'url: FAKE/hook',
      { story: 'failing', answers: [{ status: 302, headers: { Location: 'next?a=b' } }], differs: 'redirects' },
    ],
    'http redirect 307': [
      'url: FAKE/hook\nhttp_config: {authorization: {credentials: t}}',
      { story: 'failing', answers: [{ status: 307, headers: { Location: 'next?a=b' } }], differs: 'redirects' },
    ],
    'http redirect 308': [
      'url: FAKE/hook',
      { story: 'failing', answers: [{ status: 308, headers: { Location: 'next' } }], differs: 'redirects' },
    ],
    'http redirect without a place': ['url: FAKE/hook', { story: 'failing', answers: [{ status: 302 }] }],
    'http redirect to nonsense': [
      'url: FAKE/hook',
      { story: 'failing', answers: [{ status: 302, headers: { Location: 'http://%zz/' } }] },
    ],
    'http refused': ['url: http://127.0.0.1:1/secret', { story: 'hopeless' }],
    'http unknown host': ['url: http://nowhere.invalid/secret', { story: 'hopeless' }],
    'http no answer': ['url: FAKE/hook', { story: 'failing', answers: ['hang up'] }],
    'http path is kept': 'url: "FAKE/a/../b//c;d?x=1&x=2&y=%20#frag"',
    'http path is escaped': 'url: "FAKE/a b/é/{x}/%2F"',
  }),
  ...answersOf('webhook', 'url: FAKE/hook', STATUSES),
  ...answersOf(
    'webhook',
    'url: FAKE/hook',
    {
      'slow down in seconds': { status: 429, headers: { 'Retry-After': '1' }, body: 'slow' },
      'slow down, ill': { status: 503, headers: { 'Retry-After': '1' }, body: 'ill' },
      'twice ill': [{ status: 500 }, { status: 502, body: 'x' }],
      'ill, then refused': [{ status: 500 }, { status: 400, body: 'bad' }],
      'a large error': { status: 400, body: 'x'.repeat(5_000) },
      'lines in the error': { status: 400, body: 'a\r\nb\t"c" \u0001 \\' },
    },
    { 'slow down in seconds': '429 with `Retry-After`, every HTTP kind' },
  ),
];
