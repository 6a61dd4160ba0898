/** `npm run new:receiver <name>`: a folder below src/receivers and a line in each of its two lists, with tests that pass. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fail, root, say } from './prepare.mjs';
import { receiverSkeleton, withKind, withReceiver } from './receiver-skeleton.mjs';

const [name = '', folder = join(root, 'src', 'receivers')] = process.argv.slice(2);
const registry = join(folder, 'registry.ts');
const kinds = join(folder, 'kinds.ts');
try {
  const files = receiverSkeleton(name);
  if (existsSync(join(folder, name))) throw new Error(`${join(folder, name)} is there already`);
  const registered = withReceiver(readFileSync(registry, 'utf8'), name);
  const listed = withKind(readFileSync(kinds, 'utf8'), name);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  writeFileSync(registry, registered);
  writeFileSync(kinds, listed);
} catch (error) {
  fail(`${error.message}; usage: npm run new:receiver <name>`);
}
say(`written: src/receivers/${name}. Next: npm run docs, npm run check, npm run test:contract`);
