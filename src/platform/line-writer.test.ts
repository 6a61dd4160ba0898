import { describe, expect, it } from '@jest/globals';
import { Writable } from 'node:stream';

import { LineWriter } from './line-writer.js';

/** A stream whose reader takes a line when it is told to. */
class Slow extends Writable {
  readonly read: string[] = [];
  #goOn: (() => void) | undefined;

  constructor() {
    super({ decodeStrings: false });
  }

  override _write(line: string, _encoding: string, done: () => void): void {
    this.read.push(line);
    this.#goOn = done;
  }

  async readAll(): Promise<void> {
    while (this.writableLength > 0) {
      this.#goOn?.();
      await new Promise(setImmediate);
    }
  }
}

describe('lines that nobody reads', () => {
  it('are lost above a bound, and how many is told when there is room', async () => {
    const stream = new Slow();
    const lines = new LineWriter(stream);
    lines.onLoss = (count) => lines.write(`${count} lost`);
    const mega = 'x'.repeat(1024 * 1024);
    for (let i = 0; i < 8; i++) lines.write(`${i}${mega}`);
    lines.write('lost, too');
    await stream.readAll();
    lines.write('read');
    lines.write('read as well');
    await stream.readAll();
    expect(stream.read.map((line) => line.replace(mega, ''))).toEqual([
      '0',
      '1',
      '2',
      '3',
      '5 lost',
      'read',
      'read as well',
    ]);
  });

  it('end nobody', () => {
    const stream = new Writable({ autoDestroy: false, write: (_line, _encoding, done) => done(new Error('EPIPE')) });
    const { write } = new LineWriter(stream);
    expect(() => {
      write('a');
      stream.emit('error', new Error('EPIPE'));
      write('b');
    }).not.toThrow();
  });
});
