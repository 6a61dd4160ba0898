/**
 * Publishes a group to a topic, a mobile endpoint or a phone number of AWS SNS.
 *
 * We differ from Alertmanager: a template that fails is not tried again, throttling and keys that have run out are, a cut
 * message never ends within a character, and a subject that SNS refuses is sent in a form that it takes.
 * Alertmanager: notify/sns.
 */
import { readFileSync } from 'node:fs';

import type { Outcome } from '../../domain/notify/index.js';
import type { HttpResponse, HttpSettings } from '../../platform/http-client/index.js';
import { type HttpAttempt, httpChannel } from '../kit/http-channel.js';
import { type BuildContext, type Channel, type ReceiverManifest, defineReceiver } from '../receiver.js';
import { AwsCredentials } from './aws-credentials.js';
import { awsEndpoint } from './aws-endpoint.js';
import type { Environment } from './aws-keys.js';
import { awsOutcome, callAws, saysKeysAreStale } from './aws-query.js';
import { type SnsSettings, snsConfig } from './sns.config.js';
import { type Parameters, renderField, renderPublish, withPlainSubject } from './sns.publish.js';

const BAD_SUBJECT = /<Message>Invalid parameter: Subject/;

/** Keys and addresses that are not configured come from AWS's own places, most of which the environment names. */
export const snsWithin = (environment: Environment): ReceiverManifest<SnsSettings> =>
  defineReceiver({
    type: 'sns',
    yamlKey: 'sns_configs',
    config: snsConfig,
    build: (settings, context) => build(settings, context, environment),
    example: `send_resolved: true
http_config:
  follow_redirects: true
api_url: https://sns.example.com
sigv4:
  region: eu-west-1
  access_key: AKIAEXAMPLE
  secret_key: sns-key-secret
topic_arn: arn:aws:sns:eu-west-1:123456789012:alerts-{{ .CommonLabels.team }}
subject: '{{ template "sns.default.subject" . }}'
message: '{{ template "sns.default.message" . }}'
attributes:
  severity: '{{ .CommonLabels.severity }}'
use_aws_http_client: false
`,
  });

export const sns = snsWithin(process.env);

interface Target {
  readonly credentials: AwsCredentials;
  readonly environment: Environment;
}

function build(settings: SnsSettings, context: BuildContext, environment: Environment): Channel {
  const httpConfig = httpSettings(settings, environment);
  const client = context.http.client(httpConfig);
  const local = context.http.client({ followRedirects: false });
  const credentials = new AwsCredentials(settings.sigv4, { environment, client, local });
  const channel = httpChannel({ ...settings, httpConfig }, context, (attempt) =>
    send(attempt, { credentials, environment }),
  );
  return {
    send: (notification, signal) => channel.send(notification, signal),
    close: async () => void (await Promise.all([channel.close?.(), client.close(), local.close()])),
  };
}

/** AWS's own client knows TLS and proxies, and a bundle of authorities that the environment names. */
function httpSettings({ httpConfig, useAwsHttpClient }: SnsSettings, environment: Environment): HttpSettings {
  const bundle = environment['AWS_CA_BUNDLE'];
  if (!useAwsHttpClient && !bundle) return httpConfig;
  const { tlsConfig, proxyUrl, noProxy, proxyFromEnvironment, proxyConnectHeader } = httpConfig;
  const proxy = { proxyUrl, noProxy, proxyFromEnvironment, proxyConnectHeader };
  if (!bundle) return { tlsConfig, ...proxy };
  const { ca, caFile, ...tls } = tlsConfig;
  const authorities = [ca, caFile && readFileSync(caFile, 'utf8'), readFileSync(bundle, 'utf8')];
  return { tlsConfig: { ...tls, ca: authorities.filter(Boolean).join('\n') }, ...proxy };
}

type Attempt = HttpAttempt<Omit<SnsSettings, 'httpConfig'> & { readonly httpConfig: HttpSettings }>;

async function send(attempt: Attempt, target: Target): Promise<Outcome> {
  const { settings, renderer, notification, log, now } = attempt;
  const apiUrl = renderField(renderer, 'api_url', settings.apiUrl);
  const parameters = renderPublish(settings, renderer, notification);
  const response = await publish(attempt, target, apiUrl, parameters);
  if (response.status !== 400 || !BAD_SUBJECT.test(response.text)) return awsOutcome(response, now());
  log.warn('SNS refused the subject, sending it shorter and without special characters');
  return awsOutcome(await publish(attempt, target, apiUrl, withPlainSubject(parameters)), now());
}

async function publish(
  { client, signal, now, conceal }: Attempt,
  { credentials, environment }: Target,
  apiUrl: string,
  parameters: Parameters,
): Promise<HttpResponse> {
  const region = await credentials.region();
  const keys = await credentials.keys(region, signal, now());
  conceal(keys.secretKey);
  if (keys.sessionToken !== undefined) conceal(keys.sessionToken);
  // Of an endpoint only the path counts.
  const endpoint = apiUrl.split(/[?#]/, 1)[0] || awsEndpoint('sns', region, environment);
  const call = { endpoint, service: 'sns', region, keys, parameters, client, signal };
  const response = await callAws(call, now());
  if (saysKeysAreStale(response)) credentials.forget();
  return response;
}
