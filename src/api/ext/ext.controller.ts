import { Body, Controller, Get, Inject, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

import { formatIssue } from '../../domain/issue/index.js';
import { EXT, type ExtOptions } from './ext.js';
import { OPENAPI } from './openapi.js';
import { readTrialBody } from './trial-body.js';

/** What Alertmanager's API does not have: JSON, errors as `{"error": "…"}`, described by openapi.json. */
@Controller('api/ext/v1')
export class ExtController {
  constructor(@Inject(EXT) private readonly ext: ExtOptions) {}

  @Get('openapi.json')
  openapi(@Res() reply: FastifyReply): void {
    void reply.type('application/json').send(OPENAPI);
  }

  @Post('receivers/:name/test')
  async tryReceiver(@Param('name') receiver: string, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const { trials, clock, matcherMode } = this.ext;
    const read = readTrialBody(body, matcherMode, clock.now());
    if (!read.ok) return answer(reply, 400, { error: read.issues.map(formatIssue).join('; ') });
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const tried = await trials.run({ receiver, ...read.value, signal: gone.signal });
    switch (tried.kind) {
      case 'unknown':
        return answer(reply, 404, { error: tried.message });
      case 'busy':
        return answer(reply, 429, { error: tried.message });
      case 'tried': {
        const { status, dryRun } = read.value;
        return answer(reply, 200, { receiver, status, dryRun, integrations: tried.integrations });
      }
    }
  }
}

function answer(reply: FastifyReply, status: number, body: object): void {
  void reply.status(status).type('application/json').send(body);
}
