/** What is kept of wasm/report-scan.ts under src: its WebAssembly, as text, so that nothing has to be compiled at a build. */
import { fileURLToPath } from 'node:url';
import { main } from 'assemblyscript/asc';

export const WASM_MODULE = 'src/api/v2/report-scan.wasm.ts';
const SOURCE = 'wasm/report-scan.ts';
/** Of 64 KiB each: the tables of the source, which do not grow. */
const PAGES = '31';
const FLAGS = ['-O3', '--runtime', 'stub', '--noAssert', '--initialMemory', PAGES, '--maximumMemory', PAGES];

/** The text of the module. */
export async function compileWasm() {
  let bytes;
  const { error, stderr } = await main([SOURCE, ...FLAGS, '--outFile', 'out.wasm'], {
    writeFile: (_name, contents) => (bytes = contents),
    baseDir: fileURLToPath(new URL('..', import.meta.url)),
  });
  if (error) throw new Error(`${SOURCE} does not compile: ${stderr.toString()}`);
  const lines = Buffer.from(bytes)
    .toString('base64')
    .match(/.{1,100}/g);
  return [
    `/** The WebAssembly of ${SOURCE}, which says what it does. Written by \`npm run wasm\`. */`,
    'export const REPORT_SCAN =',
    ...lines.map((line, i) => `  '${line}'${i === lines.length - 1 ? ';' : ' +'}`),
    '',
  ].join('\n');
}
