// Which folder may import what (dependency-cruiser). Each rule says why; `npm test` runs it.

const TEST = '\\.test\\.tsx?$|/testing/|\\.bench\\.ts$';
const ACTION = '^governance/actions/([^/]+)/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Files that need each other to run are one file, or lack a third. Types may go round.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'found',
      comment: 'Every import leads somewhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'governance-has-no-window',
      comment: 'The library runs without a user interface.',
      severity: 'error',
      from: { path: '^governance/' },
      to: { path: '^desktop/|^electron($|/)|node_modules/(electron|react|react-dom)/' },
    },
    {
      name: 'node-at-the-edge',
      comment: "Files, clocks and sockets come in as arguments; Node's own modules only in cli/, sandbox/, adapters/.",
      severity: 'error',
      from: { path: '^governance/', pathNot: ['^governance/(cli|sandbox|adapters)/', TEST] },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'edge-not-imported',
      comment: 'cli/ and sandbox/ stand on the rest, nothing stands on them.',
      severity: 'error',
      from: { path: '^governance/', pathNot: '^governance/(cli|sandbox)/' },
      to: { path: '^governance/(cli|sandbox)/' },
    },
    {
      name: 'verifier-stands-alone',
      comment: 'The second reader of the chain shares no code with what builds transactions.',
      severity: 'error',
      from: { path: '^governance/verify/', pathNot: TEST },
      to: { path: '^governance/', pathNot: '^governance/(verify/|types\\.ts$|errors\\.ts$)' },
    },
    {
      name: 'verifier-uses-no-sdk',
      comment: 'Nor the SDKs that do.',
      severity: 'error',
      from: { path: '^governance/verify/', pathNot: TEST },
      to: { path: 'node_modules/(@sqds|@coral-xyz|@solana)/' },
    },
    {
      name: 'actions-apart',
      comment: 'One kind of action is one folder; what two share stands beside them in actions/.',
      severity: 'error',
      from: { path: ACTION, pathNot: TEST },
      to: { path: '^governance/actions/[^/]+/', pathNot: '^governance/actions/$1/' },
    },
    {
      name: 'actions-by-registry',
      comment: 'registry.ts is the only place that knows all kinds.',
      severity: 'error',
      from: { path: '^(governance|desktop)/', pathNot: ['^governance/actions/registry\\.ts$', ACTION, TEST] },
      to: { path: '^governance/actions/[^/]+/' },
    },
    {
      name: 'window-shows-only',
      comment: 'What is shown comes by the contract: the renderer has neither the library nor Node nor Electron.',
      severity: 'error',
      from: { path: '^desktop/renderer/', pathNot: TEST },
      to: { path: '^governance/|^desktop/(main|engine|signer|preload)/|^electron($|/)|node_modules/electron/' },
    },
    {
      name: 'window-checks-no-shapes',
      comment: 'Main has checked every answer; a value from these files would bring zod, a quarter more to load, into the first picture.',
      severity: 'error',
      from: { path: '^desktop/renderer/', pathNot: TEST },
      to: {
        path: '^desktop/shared/(views/[^/]+|contract|last-seen)\\.ts$|node_modules/zod/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'window-has-no-node',
      comment: 'It runs in a sandbox.',
      severity: 'error',
      from: { path: '^desktop/(renderer|shared)/', pathNot: TEST },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'signer-stands-alone',
      comment: 'What opens keys shares nothing with what builds transactions, but the reader of bytes.',
      severity: 'error',
      from: { path: '^desktop/signer/', pathNot: TEST },
      to: {
        path: '^governance/|^desktop/|node_modules/',
        pathNot:
          '^governance/(verify/|types\\.ts$|errors\\.ts$)|^desktop/(signer/|shared/(signer|ledger|wallet)-protocol\\.ts$)|node_modules/(@noble/(curves|hashes)|bs58|@types/node|electron)/',
      },
    },
    {
      name: 'main-stays-light',
      comment: 'The Solana libraries would block the process that draws the windows: they live in the engine.',
      severity: 'error',
      from: { path: '^desktop/(main|preload|shared)/', pathNot: TEST },
      to: {
        path: '^governance/|node_modules/(@solana|@sqds|@coral-xyz)/',
        pathNot: '^governance/(cli/(folders|io)|adapters/document-file)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'tests-not-imported',
      comment: 'What ships does not depend on what tests it.',
      severity: 'error',
      from: { path: '^(governance|desktop|tools)/', pathNot: TEST },
      to: { path: `^test/|${TEST}` },
    },
    {
      name: 'dependencies-declared',
      comment: 'What ships uses the dependencies of package.json, not those of tests or of other packages.',
      severity: 'error',
      from: { path: '^(governance|desktop)/', pathNot: TEST },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['type-only'],
        // The runtime itself: a package for its types only.
        pathNot: 'node_modules/electron/',
      },
    },
    {
      name: 'tools-start-bare',
      comment: "The entries run before any package is installed: Node's built-ins only, the bundler loaded when needed.",
      severity: 'error',
      from: { path: '^tools/.*\\.mjs$', pathNot: '^tools/(checks|package)/' },
      to: { path: 'node_modules', pathNot: 'node_modules/rolldown/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(target|generated)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'require', 'default'] },
  },
};
