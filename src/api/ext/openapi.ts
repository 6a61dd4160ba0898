import { VERSION } from '../../platform/version.js';

const json = (schema: object): object => ({ 'application/json': { schema } });
const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` });
const error = (description: string): object => ({ description, content: json(ref('Error')) });
const text = (description: string): object => ({ type: 'string', description });
const texts = { type: 'object', additionalProperties: { type: 'string' } };
const millis = { type: 'integer', minimum: 0 };

const TRIAL_REQUEST = {
  type: 'object',
  additionalProperties: false,
  properties: {
    alerts: { type: 'array', maxItems: 100, items: ref('Alert'), description: 'Instead of the sample.' },
    dryRun: { type: 'boolean', default: false, description: 'Render everything, send nothing.' },
    status: { enum: ['firing', 'resolved'], default: 'firing' },
    integration: text('Only this one, such as `slack[0]`.'),
  },
};

const ALERT = {
  type: 'object',
  required: ['labels'],
  properties: {
    labels: texts,
    annotations: texts,
    startsAt: { type: 'string', format: 'date-time' },
    endsAt: { type: 'string', format: 'date-time', description: 'Has no effect: `status` decides.' },
    generatorURL: { type: 'string', format: 'uri' },
  },
};

const TRIAL = {
  type: 'object',
  required: ['receiver', 'status', 'dryRun', 'integrations'],
  properties: {
    receiver: { type: 'string' },
    status: { enum: ['firing', 'resolved'] },
    dryRun: { type: 'boolean' },
    integrations: { type: 'array', items: ref('IntegrationTrial') },
  },
};

const INTEGRATION_TRIAL = {
  type: 'object',
  required: ['integration', 'status', 'exchanges', 'durationMs'],
  properties: {
    integration: text('Such as `slack[0]`.'),
    status: {
      enum: ['delivered', 'rendered', 'skipped', 'failed'],
      description: '`rendered` is what a dry run ends in.',
    },
    reason: text('The class of the failure, as the metrics have it.'),
    message: text('What went wrong, in the words of the log.'),
    exchanges: { type: 'array', items: ref('Exchange') },
    durationMs: millis,
  },
};

const EXCHANGE = {
  type: 'object',
  description: 'One request with its answer, or one mail. Secrets are masked.',
  required: ['request', 'headers', 'body', 'durationMs'],
  properties: {
    request: text('Method and URL, or the envelope of a mail.'),
    headers: texts,
    body: { type: 'string' },
    status: { type: 'integer', description: 'HTTP status; missing when no answer came.' },
    answer: text('The body of the answer.'),
    error: text('Why there is no answer.'),
    durationMs: millis,
  },
};

const TARGETS = {
  type: 'object',
  required: ['targets', 'labels'],
  properties: { targets: { type: 'array', items: { type: 'string' } }, labels: texts },
};

/** The description of this API, served as openapi.json. */
export const OPENAPI = {
  openapi: '3.1.0',
  info: { title: 'Tocsin', version: VERSION, description: 'What Tocsin offers beside the API of Alertmanager.' },
  servers: [{ url: '../' }],
  paths: {
    '/v1/receivers/{name}/test': {
      post: {
        operationId: 'tryReceiver',
        summary: 'Try a receiver: send a notification that is marked as a test, and tell what came back.',
        parameters: [{ name: 'name', in: 'path', required: true, schema: { type: 'string' } }],
        requestBody: { required: false, content: json(ref('TrialRequest')) },
        responses: {
          200: { description: 'Tried, with whatever success.', content: json(ref('Trial')) },
          400: error('The body is not understood.'),
          404: error('There is no such receiver or integration; the answer names those that there are.'),
          429: error('Too many receivers are being tried.'),
        },
      },
    },
    '/v1/sd': {
      get: {
        operationId: 'getTargets',
        summary: "The live routers, as Prometheus' HTTP service discovery wants them.",
        responses: { 200: { description: 'One group of targets.', content: json({ type: 'array', items: TARGETS }) } },
      },
    },
    '/v1/openapi.json': {
      get: {
        operationId: 'getOpenapi',
        summary: 'This description.',
        responses: { 200: { description: 'OpenAPI 3.1.', content: json({ type: 'object' }) } },
      },
    },
  },
  components: {
    schemas: {
      TrialRequest: TRIAL_REQUEST,
      Alert: ALERT,
      Trial: TRIAL,
      IntegrationTrial: INTEGRATION_TRIAL,
      Exchange: EXCHANGE,
      Error: { type: 'object', required: ['error'], properties: { error: { type: 'string' } } },
    },
  },
} as const;
