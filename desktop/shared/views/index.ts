/**
 * What the window receives: strings and numbers ready to be shown, and nothing else. Amounts and other u64 are decimal
 * strings in base units with the decimals beside them; times are unix seconds of the chain's clock; keys are whole.
 */

export * from './base.ts';
export * from './council.ts';
export * from './edit.ts';
export * from './epochs.ts';
export * from './inbox.ts';
export * from './proposals.ts';
export * from './settings.ts';
export * from './sips.ts';
export * from './state.ts';
export * from './statements.ts';
