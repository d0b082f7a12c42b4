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
