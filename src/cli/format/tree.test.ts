import { expect, it } from '@jest/globals';
import { formatTree } from './tree.js';

it('draws a tree', () => {
  const leaf = (text: string) => ({ text, children: [] });
  const tree = {
    text: 'a',
    children: [
      { text: 'b', children: [leaf('c')] },
      { text: 'd', children: [leaf('e'), leaf('f')] },
    ],
  };
  expect(formatTree(tree)).toBe(`.
└── a
    ├── b
    │   └── c
    └── d
        ├── e
        └── f
`);
});
