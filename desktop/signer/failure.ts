import type { SignerCode, SignerError } from '#desktop/shared/signer-protocol.ts';

/** Why nothing was signed. */
export class SignerFailure extends Error implements SignerError {
  readonly code: SignerCode;
  readonly sentence: string;
  readonly remedy: string;
  constructor(code: SignerCode, sentence: string, remedy: string) {
    super(sentence);
    this.code = code;
    this.sentence = sentence;
    this.remedy = remedy;
  }
}
