import { getHeapSpaceStatistics, getHeapStatistics } from 'node:v8';

import { Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { type Answer, answerText, pathOf } from '../server/handler.js';
import { CpuProfiler } from './cpu-profile.js';

const ROOT = '/debug/pprof';
const TEXT = 'text/plain; charset=utf-8';

/** Profiles of Alertmanager's runtime that this one has nothing like. */
const NOT_HERE: ReadonlySet<string> = new Set([
  'allocs',
  'block',
  'goroutine',
  'mutex',
  'symbol',
  'threadcreate',
  'trace',
]);

const LIST = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>/debug/pprof/</title></head><body>
<h1>/debug/pprof/</h1>
<ul>
<li><a href="cmdline">cmdline</a>: how this process was started</li>
<li><a href="heap">heap</a>: memory by space</li>
<li><a href="profile?seconds=10">profile</a>: where time goes, as a .cpuprofile for a browser's developer tools</li>
</ul>
</body></html>
`;

/** Under the paths of Go's profiler, what this runtime can tell without harm. */
@Controller('debug')
export class DebugController {
  readonly #profiler = new CpuProfiler();

  @Get('*')
  async show(
    @Req() request: FastifyRequest,
    @Query('seconds') seconds: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const path = pathOf(request.raw);
    switch (path) {
      case ROOT:
        // Links in the list are relative to the slash at the end.
        return void reply.status(307).header('Location', 'pprof/').send();
      case `${ROOT}/`:
        return void reply.type('text/html; charset=utf-8').send(LIST);
      case `${ROOT}/cmdline`:
        return void reply.type(TEXT).send(process.argv.join('\0'));
      case `${ROOT}/heap`:
        return void reply.type(TEXT).send(heapText());
      case `${ROOT}/profile`:
        return this.#sendProfile(Number(seconds) || 30, reply);
      default:
        reply.hijack();
        return answerNothing(reply.raw, path);
    }
  }

  @Post('*')
  refuse(@Res() reply: FastifyReply): void {
    reply.hijack();
    answerText(reply.raw, 405, 'Method Not Allowed\n', { Allow: 'GET, HEAD' });
  }

  async #sendProfile(seconds: number, reply: FastifyReply): Promise<void> {
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const profile = await this.#profiler.record(seconds, gone.signal);
    if (profile === undefined) void reply.status(503).type(TEXT).send('A profile is being recorded already\n');
    else {
      const name = 'attachment; filename="tocsin.cpuprofile"';
      void reply.type('application/json').header('Content-Disposition', name).send(profile);
    }
  }
}

function heapText(): string {
  const facts = { memory: process.memoryUsage(), heap: getHeapStatistics(), spaces: getHeapSpaceStatistics() };
  return `${JSON.stringify(facts, null, 2)}\n`;
}

function answerNothing(answer: Answer, path: string): void {
  const name = path.startsWith(`${ROOT}/`) ? path.slice(ROOT.length + 1) : undefined;
  if (name === undefined) answerText(answer, 404, '404 page not found\n');
  else if (NOT_HERE.has(name)) answerText(answer, 501, `This runtime has no ${name} profile\n`);
  else answerText(answer, 404, 'Unknown profile\n');
}
