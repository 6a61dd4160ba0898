import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

import { findRoute } from './routes.js';

interface Document {
  readonly basePath: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId?: string }>>>>;
}

const text = readFileSync(new URL('openapi.yaml', import.meta.url), 'utf8');
const { basePath, paths } = parse(text) as Document;

/** Each operation as `GET /api/v2/alerts getAlerts`. */
const described = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods)
    .filter(([method]) => method !== 'parameters')
    .map(([method, { operationId }]) => [method.toUpperCase(), basePath.slice(0, -1) + path, operationId] as const),
);

describe('the description of API v2', () => {
  it.each(described)('%s %s is %s', (method, path, operation) => {
    expect(findRoute(method, path.replace('{silenceID}', 'x'))).toMatchObject({ operation, pattern: path });
  });

  it('names every method that a path has', () => {
    for (const path of Object.keys(paths)) {
      const route = findRoute('TRACE', basePath.slice(0, -1) + path.replace('{silenceID}', 'x'));
      const methods = described.filter(([, full]) => full === basePath.slice(0, -1) + path).map(([method]) => method);
      expect(route).toMatchObject({ kind: 'wrong-method', allowed: methods });
    }
  });

  it('refers to nothing that is missing', () => {
    const document = parse(text) as Record<string, Record<string, unknown>>;
    for (const [, section, name] of text.matchAll(/#\/(\w+)\/(\w+)/g))
      expect(document[section as string]?.[name as string]).toBeDefined();
  });
});
