/**
 * Who may import whom (docs/architecture.md, "Imports"): downwards only, each rule with its reason.
 *
 *   program.ts, app.module.ts, rehearsal  everything
 *   api, cli, web                         not one another
 *   engine, delivery, history             not one another
 *   receivers, cluster, storage adapters  not one another
 *   storage.ts, config, platform
 *   domain                                itself, and a short list of pure libraries
 */
const TEST = '\\.(test|contract|scenario)\\.ts$';
const from = (path, pathNot = []) => ({ path, pathNot: [TEST, ...pathNot] });
const rule = (name, comment, fromPath, toPath, toNot) => ({
  name,
  comment,
  severity: 'error',
  from: from(fromPath),
  to: { path: toPath, ...(toNot ? { pathNot: toNot } : {}) },
});

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle means the path has turned back.',
      severity: 'error',
      from: { pathNot: [TEST] },
      to: { circular: true },
    },
    rule(
      'domain-is-pure',
      'Judgements know no clock, no promise, no framework.',
      '^src/domain/',
      '^(?!src/domain/)',
      '(^|/)node_modules/re2js/',
    ),
    rule(
      'rim-is-low',
      'config and platform are below everything but domain.',
      '^src/(config|platform)/',
      '^src/(?!(domain|config|platform)/)',
    ),
    rule(
      'ports-are-low',
      'The storage ports know the domain and nothing else.',
      '^src/storage/storage\\.ts$',
      '^src/(?!domain/)',
    ),
    rule(
      'adapters-apart',
      'An adapter knows its port, not its neighbours.',
      '^src/(storage|cluster)/',
      '^src/(receivers|engine|delivery|history|api|cli|web)/',
    ),
    rule(
      'receivers-apart',
      'Receivers send; they decide nothing.',
      '^src/receivers/',
      '^src/(storage|cluster|engine|delivery|history|api|cli|web)/',
    ),
    rule(
      'engine-apart',
      'Steps on one line meet through a port.',
      '^src/engine/',
      '^src/(delivery|history|api|cli|web|receivers)/',
    ),
    rule(
      'delivery-apart',
      'Steps on one line meet through a port.',
      '^src/delivery/',
      '^src/(engine|history|api|cli|web)/',
    ),
    rule(
      'history-apart',
      'Steps on one line meet through a port.',
      '^src/history/',
      '^src/(engine|delivery|api|cli|web)/',
    ),
    rule('api-apart', 'The surfaces do not know one another.', '^src/api/', '^src/(cli|web)/'),
    rule(
      'cli-apart',
      'The tools start fast: they never load Nest, the engine or the server; one of them opens a store.',
      '^src/cli/',
      '^src/(api|web|engine|delivery|history|storage)/',
      '^src/storage/(open-storage\\.ts|storage\\.ts|upstream/)',
    ),
    rule(
      'nest-at-the-rim',
      'Only modules, controllers and the wiring import the framework.',
      '^src/(?!main\\.ts$|app\\.module\\.ts$|.*\\.(module|controller)\\.ts$)',
      'node_modules/@nestjs/',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
      extensions: ['.ts', '.js'],
    },
  },
};
