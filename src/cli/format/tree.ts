/** A tree drawn with lines, one node on each. */
export interface TreeNode {
  readonly text: string;
  readonly children: readonly TreeNode[];
}

export const formatTree = (root: TreeNode): string => `.\n${formatNodes([root], '')}`;

const formatNodes = (nodes: readonly TreeNode[], indent: string): string =>
  nodes
    .map(({ text, children }, index) => {
      const isLast = index === nodes.length - 1;
      return `${indent}${isLast ? '└── ' : '├── '}${text}\n${formatNodes(children, `${indent}${isLast ? '    ' : '│   '}`)}`;
    })
    .join('');
