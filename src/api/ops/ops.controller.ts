import { Controller, Get, Head, Header, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { formatIssue } from '../../domain/issue/index.js';
import { CONTENT_TYPES, type ExpositionFormat } from '../../platform/metrics.js';
import { acceptsGzip, zip } from './compress.js';
import { FAVICON, NO_CACHE, homePage } from './home-page.js';
import { OPS, type OpsOptions } from './ops.js';

const TEXT = 'text/plain; charset=utf-8';

/** Probes, reload, metrics and the page at the root. Facts: reference "HTTP interface", section 9. */
@Controller()
export class OpsController {
  constructor(@Inject(OPS) private readonly ops: OpsOptions) {}

  @Get('-/healthy')
  @Header('Content-Type', TEXT)
  healthy(): string {
    return 'OK';
  }

  @Head('-/healthy')
  healthyHead(): void {}

  /** Unlike Alertmanager's, which is always ready: 503 until the state is loaded. */
  @Get('-/ready')
  ready(@Res() reply: FastifyReply): void {
    void reply
      .status(this.ops.isReady() ? 200 : 503)
      .type(TEXT)
      .send(this.ops.isReady() ? 'OK' : 'Not ready\n');
  }

  @Head('-/ready')
  readyHead(@Res() reply: FastifyReply): void {
    void reply.status(this.ops.isReady() ? 200 : 503).send();
  }

  @Post('-/reload')
  async reload(@Res() reply: FastifyReply): Promise<void> {
    const reloaded = await this.ops.reload();
    if (reloaded.ok) void reply.status(200).send();
    else {
      const reason = reloaded.issues.map(formatIssue).join('; ');
      void reply
        .status(500)
        .type(TEXT)
        .header('X-Content-Type-Options', 'nosniff')
        .send(`failed to reload config: ${reason}\n`);
    }
  }

  @Get('metrics')
  async metrics(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { http, expose } = this.ops.metrics;
    http.scrapesInFlight.inc();
    try {
      const format = formatFor(request.headers.accept);
      const text = await expose(format);
      http.scrapes.inc({ code: '200' });
      void reply.type(CONTENT_TYPES[format]).header('Vary', 'Accept-Encoding');
      if (acceptsGzip(request.headers['accept-encoding'])) {
        void reply.header('Content-Encoding', 'gzip').send(await zip(text));
      } else void reply.send(text);
    } finally {
      http.scrapesInFlight.dec();
    }
  }

  @Get()
  home(@Res() reply: FastifyReply): void {
    void reply.headers(NO_CACHE).type('text/html; charset=utf-8').send(homePage(this.ops.version));
  }

  @Get('favicon.ico')
  favicon(@Res() reply: FastifyReply): void {
    void reply.headers(NO_CACHE).type('image/svg+xml').send(FAVICON);
  }
}

const formatFor = (accept: string | undefined): ExpositionFormat =>
  /application\/openmetrics-text/.test(accept ?? '') ? 'openmetrics' : 'text';
