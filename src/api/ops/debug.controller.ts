import { getHeapSpaceStatistics, getHeapStatistics } from 'node:v8';

import { All, Controller, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

import { CpuProfiler } from './cpu-profile.js';

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
@Controller('debug/pprof')
export class DebugController {
  readonly #profiler = new CpuProfiler();

  @All()
  list(@Res() reply: FastifyReply): void {
    void reply.type('text/html; charset=utf-8').send(LIST);
  }

  @All('cmdline')
  commandLine(@Res() reply: FastifyReply): void {
    void reply.type(TEXT).send(process.argv.join('\0'));
  }

  @All('heap')
  heap(@Res() reply: FastifyReply): void {
    const facts = { memory: process.memoryUsage(), heap: getHeapStatistics(), spaces: getHeapSpaceStatistics() };
    void reply.type(TEXT).send(`${JSON.stringify(facts, null, 2)}\n`);
  }

  @All('profile')
  async profile(@Query('seconds') seconds: string | undefined, @Res() reply: FastifyReply): Promise<void> {
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const profile = await this.#profiler.record(Number(seconds) || 30, gone.signal);
    if (profile === undefined) void reply.status(503).type(TEXT).send('A profile is being recorded already\n');
    else {
      void reply
        .type('application/json')
        .header('Content-Disposition', 'attachment; filename="tocsin.cpuprofile"')
        .send(profile);
    }
  }

  @All(':name')
  other(@Param('name') name: string, @Res() reply: FastifyReply): void {
    if (NOT_HERE.has(name)) void reply.status(501).type(TEXT).send(`This runtime has no ${name} profile\n`);
    else void reply.status(404).type(TEXT).send('Unknown profile\n');
  }
}
