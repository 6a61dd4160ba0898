/** `npm run wasm`: compiles wasm/report-scan.ts to WebAssembly and writes it down as src/api/v2/report-scan.wasm.ts. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { WASM_MODULE, compileWasm } from './compile-wasm.mjs';

const file = new URL(`../${WASM_MODULE}`, import.meta.url);
writeFileSync(file, await compileWasm());
process.stdout.write(`wrote ${fileURLToPath(file)}\n`);
