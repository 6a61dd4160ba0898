import { readFileSync } from 'node:fs';

import { expect, it } from '@jest/globals';

import { instant } from '../../domain/time/index.js';
import { signRequest } from './aws-signature.js';

interface Signed {
  readonly url: string;
  readonly accessKey: string;
  readonly sessionToken?: string;
  readonly region: string;
  readonly service: string;
  readonly at: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signature: string;
}

const read = (name: string): Signed[] =>
  JSON.parse(readFileSync(new URL(`./golden/${name}`, import.meta.url), 'utf8')) as Signed[];
const parseBasic = (text: string): number => Date.parse(text.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'));

// Made by AWS's own library in Alertmanager 0.34, for keys that exist nowhere.
it.each(read('signatures.json'))('the signature of $service for $url is AWS’s own', (signed) => {
  const { url, accessKey, sessionToken, region, service, at, headers, body, signature } = signed;
  const secretKey = sessionToken === undefined ? 's3cret' : 'role+secret';
  const now = instant(parseBasic(at));
  const added = signRequest(
    { method: 'POST', url, headers, body },
    { accessKey, secretKey, sessionToken },
    { region, service },
    now,
  );
  expect(added['X-Amz-Date']).toBe(at);
  expect(added['Authorization']).toMatch(new RegExp(`, Signature=${signature}$`));
});

// The example of AWS's documentation: a GET with a query.
it('covers the query, sorted and escaped', () => {
  const added = signRequest(
    {
      method: 'GET',
      url: 'https://iam.amazonaws.com/?Version=2010-05-08&Action=ListUsers',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: '',
    },
    { accessKey: 'AKIDEXAMPLE', secretKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' },
    { region: 'us-east-1', service: 'iam' },
    instant(Date.parse('2015-08-30T12:36:00Z')),
  );
  expect(added['Authorization']).toBe(
    'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, ' +
      'SignedHeaders=content-type;host;x-amz-date, ' +
      'Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
  );
});
