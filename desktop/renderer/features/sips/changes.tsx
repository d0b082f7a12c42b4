import { Diff } from '../../components/diff.tsx';
import { Address, Card } from '../../components/parts.tsx';
import { useView } from '../../use-call.ts';

/** Other texts of this number that are at hand: what was submitted before, or what somebody else handed in. */
export function Changes({ sip }: { readonly sip: number }) {
  const view = useView('sips.changes', { sip });
  return view.data?.map(({ what, digest, author, diff }) => (
    <Card key={digest} title={what} note="against today’s document">
      <p className="pad">
        <Address value={digest} />
      </p>
      {author && (
        <p className="pad src">
          Signed by <Address value={author} />
        </p>
      )}
      <Diff hunks={diff} label={`${what}: what differs`} />
    </Card>
  ));
}
