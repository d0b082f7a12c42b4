/** One thing that makes the council easier or harder to capture. */
export interface PostureFinding {
  /** `unknown`: it could not be read, which is no reason to call it in order. */
  readonly level: 'error' | 'warning' | 'unknown' | 'ok';
  /** kebab-case, stable. */
  readonly code: string;
  readonly message: string;
  /** What to do about it. */
  readonly remedy?: string;
}

export const ok = (code: string, message: string): PostureFinding => ({ level: 'ok', code, message });

const withRemedy =
  (level: PostureFinding['level']) =>
  (code: string, message: string, remedy: string): PostureFinding => ({ level, code, message, remedy });
export const warning = withRemedy('warning');
export const error = withRemedy('error');
export const unknown = withRemedy('unknown');
