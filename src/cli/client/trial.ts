import { list, members } from './models.js';

/** What came of trying a receiver. */
export interface ApiTrial {
  readonly integrations: readonly ApiIntegrationTrial[];
  /** The whole answer, for programs. */
  readonly json: unknown;
}

export interface ApiIntegrationTrial {
  readonly integration: string;
  readonly status: string;
  readonly message: string;
  readonly durationMs: number;
  readonly exchanges: readonly ApiExchange[];
}

export interface ApiExchange {
  readonly request: string;
  readonly body: string;
  /** The status that came back, `none` when nothing did; empty for a dry run and for mail. */
  readonly answered: string;
}

export function readTrial(json: unknown): ApiTrial {
  return { json, integrations: list(members(json).get('integrations')).map(readIntegration) };
}

function readIntegration(json: unknown): ApiIntegrationTrial {
  const trial = members(json);
  return {
    integration: text(trial.get('integration')),
    status: text(trial.get('status')),
    message: text(trial.get('message')),
    durationMs: Number(trial.get('durationMs') ?? 0),
    exchanges: list(trial.get('exchanges')).map(readExchange),
  };
}

function readExchange(json: unknown): ApiExchange {
  const exchange = members(json);
  return {
    request: text(exchange.get('request')),
    body: text(exchange.get('body')),
    answered: exchange.has('error') ? 'none' : text(exchange.get('status')),
  };
}

const text = (json: unknown): string => (typeof json === 'string' || typeof json === 'number' ? String(json) : '');
