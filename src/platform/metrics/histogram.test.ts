import { describe, expect, it } from '@jest/globals';

import { formatFamilies } from './exposition.js';
import { MetricRegistry } from './registry.js';

const linesOf = async (registry: MetricRegistry): Promise<string[]> =>
  formatFamilies(await registry.read(), 'text')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));

describe('a histogram', () => {
  it('counts under each bound what is no higher, without labels from the start', async () => {
    const registry = new MetricRegistry();
    const histogram = registry.histogram('h', 'Help.', [1, 2.5]);
    expect(await linesOf(registry)).toEqual([
      'h_bucket{le="1"} 0',
      'h_bucket{le="2.5"} 0',
      'h_bucket{le="+Inf"} 0',
      'h_sum 0',
      'h_count 0',
    ]);
    for (const value of [0, 1, 1.5, 2.5, 9]) histogram.observe(value);
    expect(await linesOf(registry)).toEqual([
      'h_bucket{le="1"} 2',
      'h_bucket{le="2.5"} 4',
      'h_bucket{le="+Inf"} 5',
      'h_sum 14',
      'h_count 5',
    ]);
  });

  it('has a series for each combination of labels that was seen, until it is reset', async () => {
    const registry = new MetricRegistry();
    const histogram = registry.histogram('h', 'Help.', [1], ['a', 'b']);
    expect(await linesOf(registry)).toEqual([]);
    histogram.zero({ a: 'x', b: '' });
    for (const value of [1, 2]) histogram.observe({ a: 'x', b: 'y' }, value);
    expect(await linesOf(registry)).toEqual([
      'h_bucket{le="1",a="x",b=""} 0',
      'h_bucket{le="+Inf",a="x",b=""} 0',
      'h_sum{a="x",b=""} 0',
      'h_count{a="x",b=""} 0',
      'h_bucket{le="1",a="x",b="y"} 1',
      'h_bucket{le="+Inf",a="x",b="y"} 2',
      'h_sum{a="x",b="y"} 3',
      'h_count{a="x",b="y"} 2',
    ]);
    histogram.reset();
    expect(await linesOf(registry)).toEqual([]);
  });
});
