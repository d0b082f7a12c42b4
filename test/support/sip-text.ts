import {
  newSip,
  SECTION_NAMES,
  SECURITY_QUESTIONS,
  type SipFile,
  sipFileName,
} from '#governance/sip/index.ts';

/** Small valid SIPs for flows; every time counts from midnight of the day given. */

const DAY = 86_400n;
const MSOL = { mint: 'mSoLzYCxHdYgdzU16g5QSh3i5K3z3KZK7ytfqcJm7So', symbol: 'mSOL', decimals: 9 };
const BSOL = { mint: 'bSo13r4TkiE4KumL71LsHTPpL2euBYLFx6h9HP3piy1', symbol: 'bSOL', decimals: 9 };
export const LSTS = { mSOL: MSOL, bSOL: BSOL };

export interface SmallSip {
  readonly sip: number;
  readonly title: string;
  readonly actions: readonly { readonly kind: string; readonly params: object }[];
}

/** @param today unix seconds of a midnight */
export function sipFile({ sip, title, actions }: SmallSip, today: bigint): SipFile {
  const day = new Date(Number(today) * 1000).toISOString().slice(0, 10);
  const text = newSip({
    sip,
    title,
    authors: 'Ada Example (@ada)',
    status: 'Review',
    type: 'Standards Track',
    category: 'Core',
    created: day,
    validUntil: today + 60n * DAY,
    actions,
    sections: {
      ...Object.fromEntries(SECTION_NAMES.map((name) => [name, `What there is to say about ${name}.`])),
      'Security Considerations': SECURITY_QUESTIONS.map(
        (question) => `### ${question}\n\nNothing beyond the actions.`,
      ).join('\n\n'),
    },
  });
  return { file: sipFileName(sip, title), bytes: new TextEncoder().encode(text) };
}

export const whitelist = (lst: keyof typeof LSTS, cap: string) => ({
  kind: 'whitelist-lst',
  params: {
    ...LSTS[lst],
    'token-program': 'token',
    cap,
  },
});

export const operator = (name: string, key: string) => ({
  kind: 'whitelist-operator',
  params: { 'vote-account': key, name, authority: key },
});
