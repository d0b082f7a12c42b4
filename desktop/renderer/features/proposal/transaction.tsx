import type { ProposalView } from '#desktop/shared/views/index.ts';
import { Bytes, type Range } from '../../components/bytes.tsx';
import { Address, Card, Chip } from '../../components/parts.tsx';
import { Sentence } from '../../components/sentence.tsx';
import { grouped } from '../../format.ts';

type Instruction = ProposalView['instructions'][number];

export function Transaction({ view }: { readonly view: ProposalView }) {
  const { instructions, accountBytesHex, differences } = view;
  const marked = differences.flatMap(({ bytes }): Range[] => (bytes === null ? [] : [bytes]));
  const size = grouped(String(accountBytesHex.length / 2));
  return (
    <>
      {instructions.map((instruction, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an instruction is its place in the message
        <Card key={at} title={`Instruction ${at + 1}`} note={<Sentence text={instruction.describe} />}>
          <InstructionBody instruction={instruction} number={at + 1} />
        </Card>
      ))}
      <Card title="Account bytes" note={`${size} bytes on chain`}>
        {marked.length > 0 && (
          <p className="pad">
            What differs from the text is <mark className="differs">underlined</mark>.
          </p>
        )}
        <Bytes hex={accountBytesHex} label="Bytes of the transaction account" marked={marked} />
      </Card>
    </>
  );
}

const InstructionBody = (props: { readonly instruction: Instruction; readonly number: number }) => {
  const { instruction, number } = props;
  return (
    <>
      <p className="pad">
        <span className="name">{instruction.program}</span> <Address value={instruction.programId} />
      </p>
      <div className="scroll">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Account</th>
              <th scope="col">Signs, is written</th>
            </tr>
          </thead>
          <tbody>
            {instruction.keys.map(({ pubkey, name, signer, writable }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a key may be given twice, its place is what counts
              <tr key={at}>
                <td>
                  <span className="name">{name}</span>
                  <br />
                  <Address value={pubkey} />
                </td>
                <td className="marks">
                  {signer && <Chip tone="accent">signer</Chip>}{' '}
                  {writable && <Chip tone="warn">writable</Chip>}
                  {!signer && !writable && <span className="src">read only</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Bytes hex={instruction.dataHex} label={`Data of instruction ${number}`} />
    </>
  );
};
