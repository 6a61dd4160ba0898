import { readFileSync } from 'node:fs';
import { formatApiTime, instant, parseMoment } from '../../domain/time/index.js';
import type { Instant } from '../../domain/time/index.js';
import { FlagError, command, readExistingFile, toggle, whole } from '../../platform/command-line/index.js';
import { describeFileError } from '../../platform/file-error.js';
import type { Alertmanager } from '../client/alertmanager.js';
import { ApiError } from '../client/operations.js';
import { Progress } from '../progress.js';
import type { ToolContext } from '../tool-context.js';
import { ToolError } from '../tool-error.js';

const HELP = `Import silences from JSON, as the query prints it, and print their ids.

  tocsin silence query -o json > silences.json
  tocsin silence import silences.json

Without a file the JSON is read from standard input. A silence that the router
knows is set to what the file says; one that it does not know is made anew.
Silences that have ended in the meantime are refused, unless --renew is given.
`;

const FLAGS = {
  force: toggle('force', { short: 'f', help: 'Make new silences, also where the router knows them.' }),
  renew: toggle('renew', { help: 'Let silences that have ended start now and last as long as they did.' }),
  workers: whole('worker', 8, { short: 'w', help: 'Number of requests at once.' }),
} as const;

type Body = Readonly<Record<string, unknown>>;

export const silenceImport = command({
  name: 'import',
  help: HELP,
  flags: FLAGS,
  positional: { name: 'input-file', help: 'JSON file with silences.', repeated: false, read: readExistingFile },
  async run({ force, renew, workers }, [file], context: ToolContext) {
    const { io } = context;
    if (workers < 1) throw new FlagError('--worker must be positive');
    const bodies = parseSilences(await readSource(file, context)).map((body) => ({
      ...(renew ? renewed(body, io.clock.now()) : body),
      ...(force && { id: undefined }),
    }));
    const router = await context.router();
    const progress = new Progress('imported', bodies.length, io);
    let failures = 0;
    await inParallel(bodies, workers, async (body) => {
      const problem = await importOne(router, body, (id) => io.out(`${id}\n`));
      if (problem !== undefined) {
        failures++;
        io.err(`Error adding silence id='${String(body['id'] ?? '')}': ${problem}\n`);
      }
      progress.add(problem !== undefined);
    });
    progress.end();
    if (failures > 0) throw new ToolError(`couldn't import ${failures} out of ${bodies.length} silences`);
  },
});

async function readSource(file: string | undefined, { io }: ToolContext): Promise<string> {
  if (file === undefined) return (await io.readInput()) ?? '';
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ToolError(describeFileError(error, file));
  }
}

/** Members that the router takes. Nothing is sent when any of it cannot be read. */
const MEMBERS = ['id', 'annotations', 'comment', 'createdBy', 'endsAt', 'matchers', 'startsAt'];

function parseSilences(text: string): readonly Body[] {
  const refuse = (why: string): ToolError => new ToolError(`couldn't unmarshal input data, is it JSON?: ${why}`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw refuse(text.trim() === '' ? 'EOF' : (error as Error).message); // a SyntaxError
  }
  if (!Array.isArray(json)) throw refuse('a list of silences is wanted');
  return json.map((silence: unknown, index) => {
    if (typeof silence !== 'object' || silence === null) throw refuse(`entry ${index} is not a silence`);
    return Object.fromEntries(Object.entries(silence).filter(([name]) => MEMBERS.includes(name)));
  });
}

function renewed(body: Body, now: Instant): Body {
  const [startsAt, endsAt] = [timeOf(body['startsAt']), timeOf(body['endsAt'])];
  if (startsAt === undefined || endsAt === undefined || endsAt > now || startsAt >= endsAt) return body;
  const end = instant(now + endsAt - startsAt);
  return { ...body, id: undefined, startsAt: formatApiTime(now), endsAt: formatApiTime(end) };
}

function timeOf(value: unknown): Instant | undefined {
  const parsed = typeof value === 'string' ? parseMoment(value) : undefined;
  return parsed?.ok ? parsed.value.at : undefined;
}

/** Answers why not, if it could not be imported. */
async function importOne(router: Alertmanager, body: Body, tell: (id: string) => void): Promise<string | undefined> {
  try {
    tell(await postOrCreate(router, body));
    return undefined;
  } catch (error) {
    if (error instanceof ToolError) return error.message;
    throw error;
  }
}

async function postOrCreate(router: Alertmanager, body: Body): Promise<string> {
  try {
    return await router.postRawSilence(body);
  } catch (error) {
    if (!(error instanceof ApiError) || error.answer.status !== 404) throw error;
    return router.postRawSilence({ ...body, id: undefined });
  }
}

async function inParallel<T>(items: readonly T[], workers: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async (): Promise<void> => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(workers, items.length) }, worker));
}
