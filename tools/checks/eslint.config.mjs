// Only what needs types and what Biome can't see: a promise nobody waits for, a case nobody wrote.
import tseslint from 'typescript-eslint';

export default [
  { ignores: ['**/generated/**'] },
  {
    // Where signing and sending depend on it.
    files: ['governance/{verify,venues,chain,proposals,plan,adapters}/**/*.ts', 'desktop/signer/**/*.ts'],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: {
        project: './tsconfig.json',
        tsconfigRootDir: new URL('../..', import.meta.url).pathname,
      },
    },
    plugins: { '@typescript-eslint': tseslint.plugin },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/only-throw-error': 'error',
    },
  },
];
