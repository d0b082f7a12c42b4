import type { Address } from '../types.ts';
import type { Program } from './program.ts';

/** Longer ones, and what is not plain ASCII, could look like words of the console. */
const MOST_SHOWN = 120;
const PLAIN = /^[ -~]*$/;

/** The data is the text. */
export const MEMO: Program = {
  addresses: [
    'MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr' as Address,
    'Memo1UhkJRfHyvLMcVucJwxXeuD728EqVDDwQDxFMNo' as Address,
  ],
  tell(cursor) {
    const bytes = cursor.take(cursor.left);
    const text = String.fromCharCode(...bytes.subarray(0, MOST_SHOWN + 1));
    const shown = bytes.length <= MOST_SHOWN && PLAIN.test(text) ? `: ${JSON.stringify(text)}` : '';
    return `Write a memo of ${bytes.length} byte${bytes.length === 1 ? '' : 's'}${shown}`;
  },
};
