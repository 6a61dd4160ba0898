/**
 * Makes a few scripts of the compiled modules and of the packages they use, and has the engine compile what a start needs of
 * them (docs/decisions/0007-start.md). The modules stay beside them for scripts that use single ones.
 */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { root, run } from './prepare.mjs';

const dist = join(root, 'dist');
const target = join(dist, 'bundle');

/**
 * What only has a binary form, what the framework asks for in vain, and what it would ask for only if it were used in ways in
 * which it is not: every script is kept in memory as text.
 */
const OUTSIDE = [
  '@node-rs/bcrypt',
  /^@fastify\/(ajv-compiler|fast-json-stringify-compiler)/,
  'light-my-request',
  'pino',
  /^@nestjs\/(websockets|microservices|platform-express)/,
  /^@fastify\/(view|static|multipart)/,
  /^class-(transformer|validator)/,
];

/**
 * The framework's loggers, which nothing here writes to, make a formatter of times as soon as they are loaded, and the engine
 * then takes in its tables of languages and places: seven megabytes. So they get it when they first use it.
 */
const lateFormatter = {
  name: 'late-formatter',
  transform(code, id) {
    if (!/@nestjs[/\\]common[/\\]services[/\\](console-)?logger\.service\.js$/.test(id)) return undefined;
    const late = code.replace(
      /const dateTimeFormatter = (new Intl\.DateTimeFormat\(.*?\));/s,
      'let formatter; const dateTimeFormatter = { format: (time) => (formatter ??= $1).format(time) };',
    );
    if (late === code) throw new Error(`${id}: there is no formatter to be put off; look for it anew`);
    return late;
  },
};

/** Threads are started by the names of their files. */
const WORKERS = {
  'trial.worker': join(dist, 'trial.worker.js'),
  'compaction.worker': join(dist, 'storage', 'log', 'compaction.worker.js'),
};

// What is imported late comes in a script of its own, and so does what several of them share.
await bundle(
  { tocsin: join(dist, 'program.js') },
  // A script may not import without a word about an experiment on stderr; so what is outside is required.
  { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name]-[hash].cjs', dynamicImportInCjs: false },
);
await bundle(WORKERS, { format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' });
for (const file of readdirSync(target)) if (file.endsWith('.cjs')) finish(join(target, file));
warmUp();

async function bundle(input, output) {
  const build = await rolldown({
    input,
    cwd: root,
    platform: 'node',
    external: OUTSIDE,
    plugins: [lateFormatter],
    logLevel: 'silent',
  });
  // Names and lines stay, so that a stack trace can be read.
  await build.write({ dir: target, comments: { legal: true, annotation: false, jsdoc: false }, ...output });
  await build.close();
}

/** What src/bundle.ts expects. One letter from elsewhere would make the engine keep the whole text with two bytes a character. */
function finish(file) {
  const escaped = (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const source = readFileSync(file, 'utf8').replace(/[^\x00-\x7f]/g, escaped);
  writeFileSync(file, `(function (exports, require, module, __filename, __dirname) {${source}\n})`);
}

/** In processes of their own, since each adds to what was compiled before: the tools, then one start with an empty directory. */
function warmUp() {
  const scratch = mkdtempSync(join(tmpdir(), 'tocsin-build-'));
  try {
    for (const what of ['version', 'check-config', 'routes', 'template', 'query', 'server'])
      run(process.execPath, [join(root, 'scripts', 'warm-up.mjs'), scratch, what]);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
