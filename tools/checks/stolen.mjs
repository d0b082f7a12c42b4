/**
 * Versions that thieves published under stolen names in December 2024 and September 2025.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const STOLEN_VERSIONS = {
  '@solana/web3.js': ['1.95.6', '1.95.7'],
  'ansi-regex': ['6.2.1'],
  'ansi-styles': ['6.2.2'],
  chalk: ['5.6.1'],
  'color-convert': ['3.1.1'],
  'color-name': ['2.0.1'],
  'color-string': ['2.1.1'],
  debug: ['4.4.2'],
  'error-ex': ['1.3.3'],
  'is-arrayish': ['0.3.3'],
  'slice-ansi': ['7.1.1'],
  'strip-ansi': ['7.1.1'],
  'supports-color': ['10.2.1'],
  'wrap-ansi': ['9.0.1'],
};
/** Name of the package that a key of package-lock.json's `packages` is about. */
export const nameOf = (where) => where.slice(where.lastIndexOf('node_modules/') + 'node_modules/'.length);

/**
 * @param {Readonly<Record<string, { readonly version?: string }>>} packages of package-lock.json
 * @returns {readonly string[]}
 */
export const stolenProblems = (packages) =>
  Object.entries(packages).flatMap(([where, { version }]) =>
    STOLEN_VERSIONS[nameOf(where)]?.includes(version ?? '')
      ? [`${where} ${version} was published by thieves`]
      : [],
  );
