/** What holds for every integration whose webhook may stand in a file: read for each notification, and never shown. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from '@jest/globals';

import type { ReceiverManifest } from '../../src/receivers/receiver.js';
import { ReceiverBench } from './receiver-bench.js';

export function describeUrlFile(manifest: ReceiverManifest): void {
  const directory = mkdtempSync(join(tmpdir(), 'url-file-'));
  const file = join(directory, 'url');
  afterAll(() => rmSync(directory, { recursive: true }));
  const yaml = `webhook_url_file: ${file}\n`;

  describe('a URL in a file', () => {
    it('is read for each notification, without the space around it', async () => {
      for (const url of ['https://hooks.example.com/first/0123456789', 'https://hooks.example.com/second?a=b']) {
        writeFileSync(file, `  ${url}\n\n`);
        const { outcome, requests } = await new ReceiverBench(manifest).send(yaml);
        expect(outcome).toEqual({ kind: 'delivered' });
        expect(requests[0]?.split('\n', 1)[0]).toBe(`POST ${url}`);
      }
    });

    it('is not shown when the server repeats it', async () => {
      writeFileSync(file, 'https://hooks.example.com/hook/0123456789abcdef0123\n');
      const bench = new ReceiverBench(manifest);
      const { outcome } = await bench.send(yaml, { answer: ({ url }) => ({ status: 404, body: `no ${url}` }) });
      expect(outcome).toMatchObject({ kind: 'rejected', message: expect.stringContaining('404: no /hook/<secret>') });
    });

    it('that cannot be read ends the notification', async () => {
      const { outcome } = await new ReceiverBench(manifest).send('webhook_url_file: /nowhere/url');
      const message = expect.stringMatching(/open \/nowhere\/url: no such file or directory$/);
      expect(outcome).toMatchObject({ kind: 'rejected', reason: 'other', message });
    });
  });
}
