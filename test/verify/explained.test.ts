import { expect, it } from 'vitest';
import { describeDifference, verificationToJson, verifyTransaction } from '#governance/verify/index.ts';
import { SITUATIONS } from './situations.ts';

/** Every difference of every situation, with its place and its words: read as prose in review. */
it('explains each situation as recorded', async () => {
  const told = SITUATIONS.map(([title, input]) => {
    const answer = verifyTransaction(input);
    const { differences, ...identity } = verificationToJson(answer) as {
      differences: { kind: string; instruction?: number; account?: number; bytes?: readonly number[] }[];
    };
    const lines = differences.map(({ kind, instruction, account, bytes }, at) => {
      const place = { instruction, account, bytes };
      return `  ${kind} ${JSON.stringify(place)}\n    ${describeDifference(answer.differences[at]!)}\n`;
    });
    return `${title}\n  ${JSON.stringify(identity)}\n${lines.join('')}`;
  });
  await expect(told.join('\n')).toMatchFileSnapshot('../golden/verify/situations.txt');
});
