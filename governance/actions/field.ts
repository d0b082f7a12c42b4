/** Forms as data: the command line and the window draw them, no widget names an action. */

interface FieldBase {
  /** Key in the SIP's block. */
  readonly name: string;
  readonly label: string;
  readonly help: string;
  readonly optional?: true;
}

export type Field =
  | (FieldBase & {
      readonly kind: 'address';
      readonly of: 'mint' | 'wallet' | 'vote-account' | 'multisig' | 'program' | 'any';
      readonly orNone?: true;
    })
  | (FieldBase & { readonly kind: 'amount' })
  | (FieldBase & { readonly kind: 'time'; readonly orNone?: true })
  | (FieldBase & { readonly kind: 'choice'; readonly choices: readonly string[] })
  | (FieldBase & { readonly kind: 'whole'; readonly min: number; readonly max: number })
  | (FieldBase & { readonly kind: 'text'; readonly maxLength: number })
  | (FieldBase & { readonly kind: 'flag' })
  | (FieldBase & { readonly kind: 'list'; readonly of: readonly Field[] });

/** How an action names the LST it is about; the program compares symbol and decimals with the pool's. */
export const MINT_FIELD: Field = {
  name: 'mint',
  label: 'Mint',
  kind: 'address',
  of: 'mint',
  help: 'The LST’s mint address.',
};
export const SYMBOL_FIELD: Field = {
  name: 'symbol',
  label: 'Symbol',
  kind: 'text',
  maxLength: 12,
  help: 'The pool’s own symbol; the program compares it.',
};
export const DECIMALS_FIELD: Field = {
  name: 'decimals',
  label: 'Decimals',
  kind: 'whole',
  min: 0,
  max: 18,
  help: 'The mint’s; the program compares it.',
};
