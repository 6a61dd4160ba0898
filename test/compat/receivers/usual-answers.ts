/** What each provider says when all is well. */
import type { Received, Reply } from '../../support/loopback.js';

const json = (body: unknown): Reply => ({
  headers: { 'Content-Type': 'application/json; charset=utf-8' },
  body: JSON.stringify(body),
});

const ANSWERS: Readonly<Record<string, (request: Received) => Reply>> = {
  slack: ({ url, headers }) =>
    headers.authorization === undefined && !url.includes('chat.')
      ? { headers: { 'Content-Type': 'text/plain' }, body: 'ok' }
      : json({ ok: true, ts: '1503435956.000247', channel: 'C123456' }),
  wechat: ({ url }) =>
    url.includes('gettoken')
      ? json({ errcode: 0, errmsg: 'ok', access_token: 'wechat-token', expires_in: 7200 })
      : json({ errcode: 0, errmsg: 'ok' }),
  telegram: () => json({ ok: true, result: { message_id: 1, date: 1_700_000_000, chat: { id: 5 }, text: 'x' } }),
  rocketchat: () => json({ success: true }),
  pushover: () => json({ status: 1, request: 'r' }),
  jira: ({ url }) => (url.includes('/search') ? json({ issues: [] }) : json({ key: 'OPS-1' })),
  sns: ({ body }) => ({
    headers: { 'Content-Type': 'text/xml' },
    body: body.includes('AssumeRole')
      ? `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>session-key</SecretAccessKey><SessionToken>session-token</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></AssumeRoleResponse>`
      : `<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>m1</MessageId></PublishResult><ResponseMetadata><RequestId>r1</RequestId></ResponseMetadata></PublishResponse>`,
  }),
};

export const usualAnswer = (kind: string, request: Received): Reply => ANSWERS[kind]?.(request) ?? {};
