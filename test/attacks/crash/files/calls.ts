/** One call that the shim wrote down. */
export interface Call {
  readonly number: number;
  readonly name: string;
  /** "@" of a socket. */
  readonly path: string;
  /** Where it was renamed or linked to; of an open `new`, `old` or `read`; `refused` where it was made to fail. */
  readonly more: string;
  readonly result: number;
  /** What was written, as much as was taken. */
  readonly data: Uint8Array;
}

export const parseCalls = (log: string): readonly Call[] =>
  log
    .split('\n')
    .filter((line) => line.includes('\t'))
    .map((line) => {
      const [number = '', name = '', path = '', more = '', result = '', data = ''] = line.split('\t');
      return {
        ...{ number: Number(number), name, path, more, result: Number(result) },
        data: new Uint8Array(Buffer.from(data, 'hex')),
      };
    });

/** What the process has said. */
export const printedBy = (calls: readonly Call[]): string =>
  calls
    .filter(({ path }) => path === '@out')
    .map(({ data }) => Buffer.from(data).toString())
    .join('');
