import { All, Controller, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { OPS, type OpsOptions } from './ops.js';

const BODY = `${JSON.stringify({
  status: 'deprecated',
  error:
    'The Alertmanager v1 API was deprecated in version 0.16.0 and is removed as of version 0.27.0 - please use the equivalent route in the v2 API',
})}\n`;

/** Where API v1 was. Which paths and methods come here is settled before (ops-paths.ts). */
@Controller('api/v1')
export class TombstoneController {
  constructor(@Inject(OPS) private readonly ops: OpsOptions) {}

  @All(['status', 'receivers', 'alerts', 'silences', 'silence/:sid'])
  gone(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.ops.log.warn('v1 API received a request on a removed endpoint', { path: request.url, method: request.method });
    // Past the framework, which would add a charset to the type.
    reply.hijack();
    reply.raw.writeHead(410, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(BODY) });
    reply.raw.end(BODY);
  }
}
