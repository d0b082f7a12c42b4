import type { SignerSolanaBuilder } from '@ledgerhq/device-signer-kit-solana';

type ContextModule = Parameters<SignerSolanaBuilder['withContextModule']>[0];

/** The vendor's services describe transactions to the device; they would learn what the council signs, so nobody is asked. */
export const NO_CONTEXT: ContextModule = {
  getContexts: async () => [],
  getFieldContext: async () => {
    throw new Error('no context');
  },
  getTypedDataFilters: async () => ({ type: 'error', error: new Error('no context') }),
  report: async () => undefined,
};
