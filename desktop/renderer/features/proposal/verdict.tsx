import type { ProposalView } from '#desktop/shared/views/index.ts';
import { rangeText } from '../../components/bytes.tsx';
import { Sentence } from '../../components/sentence.tsx';
import { verdictTone } from '../../components/states.ts';

/** The first thing seen: do the bytes do what the text says, and what was compared with what. */
export function Verdict({ view }: { readonly view: ProposalView }) {
  const { verdict, compared, differences } = view;
  const tone = verdictTone(verdict);
  return (
    <section className={`verdict ${tone}`} aria-labelledby="verdict">
      <span className="sign" aria-hidden="true">
        {tone === 'ok' ? '=' : '≠'}
      </span>
      <div>
        <h2 id="verdict">{titleOf(view)}</h2>
        <p>
          <Sentence text={compared} />
        </p>
        {differences.length > 0 && (
          <ul>
            {differences.map(({ kind, sentence, bytes }) => (
              <li key={`${kind} ${sentence} ${bytes}`}>
                <Sentence text={sentence} />
                <span className="where">
                  {kind}
                  {bytes && ` · ${rangeText(bytes)}`}
                </span>
              </li>
            ))}
          </ul>
        )}
      </div>
      <code>{verdict}</code>
    </section>
  );
}

function titleOf({ verdict, row, digest, councilChange, executed }: ProposalView): string {
  if (councilChange)
    return `${executed ? 'Changed' : 'Would change'} the council itself; no text compiles to it`;
  const text = row.sip === null ? 'its text' : `SIP-${row.sip}`;
  if (verdict === 'match') return `Does exactly what ${text} says`;
  if (verdict === 'digest-unknown' && digest === null) return 'Names no SIP';
  if (verdict === 'unreadable') return 'Is nothing that a SIP compiles to';
  if (verdict === 'digest-unknown') return 'No text at hand has the digest of this transaction';
  return row.sip === null ? 'Does not do what any SIP says' : `Does not do what ${text} says`;
}
