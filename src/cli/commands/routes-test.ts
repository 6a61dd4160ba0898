import type { LabelSet } from '../../domain/labels/index.js';
import { type RouteStep, type RouteTree, explainRoute } from '../../domain/route/index.js';
import { command, optionalText, toggle } from '../../platform/command-line/index.js';
import { readLabels } from '../arguments.js';
import { type TreeNode, formatTree } from '../format/tree.js';
import { CONFIG_FILE, formatRoute, loadRoutes } from '../routing-tree.js';
import type { ToolContext } from '../tool-context.js';
import { ToolError } from '../tool-error.js';

const HELP = `Tell which receivers an alert with these labels goes to.

  tocsin routes test --config.file=alertmanager.yml team=db severity=critical

The receivers are printed in the order of the tree. --tree shows the routes that
match, --explain all of them with the reason of every turn.
`;

const FLAGS = {
  configFile: CONFIG_FILE,
  verify: optionalText('verify.receivers', { help: 'Fail unless the alert goes to exactly these: a,b.' }),
  tree: toggle('tree', { help: 'Show the routes that match.' }),
  explain: toggle('explain', { help: 'Show why each route matches or does not.' }),
} as const;

export const routesTest = command({
  name: 'test',
  help: HELP,
  flags: FLAGS,
  positional: { name: 'labels', help: 'The labels of the alert, key=value.', repeated: true },
  async run({ configFile, verify, tree, explain }, positional, context: ToolContext) {
    const { io } = context;
    const routes = await loadRoutes(configFile, context);
    const labels = readTestLabels(positional, context);
    const walked = explainRoute(routes, labels);
    if (tree) io.out(`Matching routes:\n${formatTree(matchingNode(walked))}\n\n`);
    if (explain) io.out(`Explanation:\n${formatTree(explainedNode(walked))}\n`);
    const receivers = receiversFor(routes, labels);
    io.out(`${receivers}\n`);
    if (verify === '' || verify === receivers) return;
    io.out('WARNING: Expected receivers did not match resolved receivers.\n');
    throw new ToolError('');
  },
});

function readTestLabels(texts: readonly string[], context: ToolContext): LabelSet {
  const refusal = 'Labels must be specified as key=value pairs';
  try {
    return readLabels(texts, refusal, context);
  } catch (error) {
    if (!(error instanceof ToolError) || error.message === refusal) throw error;
    throw new ToolError(`Failed to parse labels: ${error.message}`, { cause: error });
  }
}

const receiversFor = (routes: RouteTree, labels: LabelSet): string =>
  routes
    .match(labels)
    .map(({ receiver }) => receiver)
    .join(',');

function matchingNode({ route, outcome, children }: RouteStep): TreeNode {
  return {
    text: formatRoute(route, { showContinue: false, showReceiver: outcome === 'target' }),
    children: children.filter((child) => child.outcome === 'target' || child.outcome === 'passed-on').map(matchingNode),
  };
}

const VERDICTS: Readonly<Record<RouteStep['outcome'], string>> = {
  target: 'goes here',
  'passed-on': 'passed on',
  mismatch: 'no',
  'not-tried': 'not tried',
};

function explainedNode({ route, outcome, because, children }: RouteStep): TreeNode {
  const slug = formatRoute(route, { showContinue: true, showReceiver: outcome === 'target' });
  return { text: `${slug}  [${VERDICTS[outcome]}: ${because}]`, children: children.map(explainedNode) };
}
