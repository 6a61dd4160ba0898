/** Settings of `sns_configs`. Credentials that are not given come from AWS's own places. */
import { httpConfig, receiver, sendResolved, withGlobalHttp } from '../../config/receiver-schema.js';
import { type Infer, bool, embedded, map, object, secret, template, text } from '../../config/schema/index.js';

const sigv4Schema = object(
  'sigv4.plain',
  {
    region: text({ help: 'Region.' }),
    access_key: text({ help: 'Access key.' }),
    secret_key: secret({ help: 'Secret key.' }),
    profile: text({ help: 'Profile of the credentials file.' }),
    role_arn: text({ help: 'Role to assume.' }),
    external_id: text({ help: 'External id for the role.' }),
    use_fips_sts_endpoint: bool({ default: false, help: 'Accepted, without effect.' }),
    service_name: text({ help: 'Accepted, without effect.' }),
  },
  {
    check(sigv4, report) {
      if ((sigv4.accessKey === undefined) !== (sigv4.secretKey === undefined)) {
        const missing = sigv4.accessKey === undefined ? 'access_key' : 'secret_key';
        const message =
          'must provide a AWS SigV4 Access key and Secret Key if credentials are specified in the SigV4 config';
        report('missing-value', undefined, message, `add ${missing}`);
      }
      if (sigv4.externalId !== undefined && sigv4.roleArn === undefined) {
        report('missing-value', 'external_id', 'external_id can only be used with role_arn', 'add role_arn');
      }
    },
  },
);

const fields = {
  send_resolved: sendResolved(true),
  http_config: httpConfig(),
  api_url: template({ help: 'Endpoint; the region’s when unset.' }),
  sigv4: embedded(sigv4Schema, { alwaysPrinted: true, help: 'Region and credentials.' }),
  topic_arn: template({ help: 'Topic. One of topic_arn, target_arn and phone_number is needed.' }),
  phone_number: template({ help: 'Phone number.' }),
  target_arn: template({ help: 'Mobile endpoint.' }),
  subject: template({ default: '{{ template "sns.default.subject" . }}', help: 'Subject.' }),
  message: template({ default: '{{ template "sns.default.message" . }}', help: 'Message.' }),
  attributes: map(template({ default: '' }), { help: 'Message attributes; names and values are templates.' }),
  use_aws_http_client: bool({ default: false, help: 'Use AWS’s client; of http_config only TLS and proxy count.' }),
};
export type SnsSettings = Infer<typeof fields>;

export const snsConfig = receiver('sns.SNSConfig', fields, {
  order: { printed: 11, checked: 10 },
  check({ targetArn, topicArn, phoneNumber }, report) {
    const given = [targetArn, topicArn, phoneNumber].filter((target) => target !== undefined).length;
    // Two are refused, but not all three: so does Alertmanager, which then takes the topic.
    if (given % 2 === 1) return;
    const message = 'must provide either a Target ARN, Topic ARN, or Phone Number for SNS config';
    report(given === 0 ? 'missing-value' : 'conflicting-values', undefined, message, 'give exactly one of them');
  },
  inherit: withGlobalHttp,
});
