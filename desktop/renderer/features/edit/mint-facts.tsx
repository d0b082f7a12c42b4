import { useState } from 'react';
import type { FieldView, MintFactsView } from '#desktop/shared/views/index.ts';
import { Button, FailureBox } from '../../components/parts.tsx';
import { amountText } from '../../format.ts';
import { useAct } from '../../use-call.ts';

interface Props {
  readonly fields: readonly FieldView[];
  readonly values: Readonly<Record<string, unknown>>;
  readonly onFill: (known: Record<string, unknown>) => void;
}

const ADDRESS = /^[1-9A-HJ-NP-Za-km-z]{32,44}$/;

/** What the chain knows of the mint that was typed; it fills in only fields that this form has. */
export function MintFacts({ fields, values, onFill }: Props) {
  const read = useAct('mint.read');
  const [about, setAbout] = useState('');
  const mint = typeof values.mint === 'string' ? values.mint : '';
  const has = (name: string) => fields.some((field) => field.name === name);
  const fill = (facts: MintFactsView) =>
    onFill({
      ...(has('token-program') && { 'token-program': facts.tokenProgram }),
      ...(has('decimals') && { decimals: facts.decimals }),
      ...(has('symbol') && facts.pool && { symbol: facts.pool.symbol }),
    });
  const ask = () =>
    read.mutate(
      { mint },
      {
        onSuccess: (facts) => {
          setAbout(mint);
          if (facts) fill(facts);
        },
      },
    );
  return (
    <div className="mint-facts">
      <Button size="small" disabled={!ADDRESS.test(mint) || read.isPending} onPress={ask}>
        Fill in from the chain
      </Button>
      {read.error && <FailureBox failure={read.error.failure} />}
      {about === mint && read.isSuccess && (
        <p className="src" role="status">
          {read.data === null ? 'There is no mint at this address on this network.' : sentenceOf(read.data)}
        </p>
      )}
    </div>
  );
}

function sentenceOf({
  decimals,
  supplyBaseUnits,
  freezeAuthority,
  pool,
  tokenProgram,
}: MintFactsView): string {
  const supply = `${amountText(supplyBaseUnits, decimals)} exist`;
  const freeze = freezeAuthority === null ? 'nobody can freeze it' : 'its issuer can freeze accounts';
  const listed = pool ? `it is whitelisted as ${pool.symbol} (${pool.status})` : 'it is not whitelisted';
  return `On chain: ${tokenProgram}, ${decimals} decimals, ${supply}, ${freeze}, ${listed}.`;
}
