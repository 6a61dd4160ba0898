import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { startApiServer } from '../../../test/support/api-server.js';

let server: Awaited<ReturnType<typeof startApiServer>>;
beforeAll(async () => {
  server = await startApiServer();
});
afterAll(() => server.close());

describe('smoke', () => {
  it('answers', async () => {
    expect(await server.call('GET /api/v2/status')).toMatchObject({ status: 200 });
    expect(await server.call('GET /-/healthy')).toMatchObject({ status: 200, text: 'OK' });
    expect(await server.call('GET /metrics')).toMatchObject({ status: 200 });
    expect(await server.call('GET /')).toMatchObject({ status: 200 });
    expect(await server.call('GET /nope')).toMatchObject({ status: 404, text: '404 page not found\n' });
    expect(await server.call('GET /api/v1/alerts')).toMatchObject({ status: 410 });
    expect(await server.call('GET /debug/pprof/')).toMatchObject({ status: 200 });
    expect(await server.call('POST /-/reload')).toMatchObject({ status: 200 });
    expect(await server.call('POST /api/v2/alerts', { body: '[{"labels":{"a":"b"}}]' })).toMatchObject({ status: 200 });
    expect(await server.call('GET /api/v2/alerts')).toMatchObject({ status: 200 });
    expect(await server.call('GET /api/v2/alerts/groups')).toMatchObject({ status: 200 });
    expect(await server.call('GET /api/v2/silences')).toMatchObject({ status: 200, text: '[]\n' });
  });
});
