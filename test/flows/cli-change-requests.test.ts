import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CliWorld, errorOf, startCliWorld } from '#test/support/cli-world.ts';
import { sipFile, whitelist } from '#test/support/sip-text.ts';

/** What reviewers want changed, on the embedded network: before a text is proposed, and after; beside its file. */

let world: CliWorld;
let fileName: string;

beforeAll(async () => {
  world = await startCliWorld({ timeLockSeconds: 0 });
  const text = sipFile(
    { sip: 2, title: 'Whitelist mSOL', actions: [whitelist('mSOL', '250000')] },
    world.today,
  );
  fileName = text.file;
  await world.write(text);
}, 1_800_000);
afterAll(() => world?.stop());

const files = async () => (await readdir(world.sips)).filter((name) => name.includes('.changes.'));
const status = async () => {
  const document: Record<string, unknown> = await world.json(['status', '2']);
  return document as { readonly changeRequests: readonly object[] };
};

describe('a request for changes', () => {
  it('is made before the text is proposed, of the file and of a hand-in alike', async () => {
    const made = await world.json(['request-changes', '2', '--text', 'Halve the cap.', '--as', '1']);
    expect(made).toMatchObject({
      ...{ exit: 0, sip: 2, text: 'Halve the cap.', about: 'this-text', isMember: true, faults: [] },
      reviewer: world.sandbox.info.members[1]!.publicKey,
    });
    expect(await files()).toEqual([`${fileName}.changes.${made.digest}.${made.reviewer}.jsonl`]);
    const sipz = join(world.folder, 'msol.sipz');
    expect(await world.json(['export', '2', sipz, '--as', '5'])).toMatchObject({ exit: 0 });
    const handed = await world.json(['request-changes', sipz, '--text', 'Name the audits.', '--as', '2']);
    expect(handed).toMatchObject({ exit: 0, digest: made.digest, about: 'this-text' });
    const there = handed.file as string;
    // It comes back with the document.
    await writeFile(join(world.sips, basename(there)), await readFile(there));
    expect(await status()).toMatchObject({
      status: 'Review',
      // Of one second of the chain their order is that of their signatures.
      changeRequests: expect.arrayContaining([
        expect.objectContaining({ text: 'Halve the cap.' }),
        expect.objectContaining({ text: 'Name the audits.' }),
      ]),
      changeRequestProblems: [],
    });
  });

  it('counts for nothing once it is proposed, and a second one takes none back', async () => {
    expect(await world.json(['submit', '2', '--as', '5'])).toMatchObject({ exit: 0 });
    const again = await world.json(['request-changes', '2', '--text', 'And the access.', '--as', '1']);
    expect(again).toMatchObject({ exit: 0 });
    expect(await world.json(['approve', '2', '--as', '1'])).toMatchObject({ exit: 0 });
    expect(await status()).toMatchObject({ status: 'Submitted', changeRequests: [{}, {}, {}] });
    expect(await files()).toHaveLength(2);
    const shown = await world.sip(['status', '2']);
    expect(shown.stdout).toContain('Requests for changes, which are no votes');
    expect(shown.stdout).toContain('about this very text');
    expect(shown.stdout).toContain('    And the access.');
  });

  it('of whoever has no seat is shown as that', async () => {
    const stranger = ['--keypair', world.sandbox.info.depositor.keypairPath];
    const made = await world.json(['request-changes', '2', '--text', 'Buy mine.', ...stranger]);
    expect(made).toMatchObject({ exit: 0, isMember: false, faults: [] });
    expect((await world.sip(['status', '2'])).stdout).toContain('no member of this council');
  });

  it('is not signed over a text that would not be seen for what it is', async () => {
    const refused = await world.json(['request-changes', '2', '--text', 'Raise \u202eevah it', '--as', '3']);
    expect(errorOf(refused)).toMatchObject({ code: 'CHANGE_REQUEST_TEXT', sent: 'no' });
    expect(await files()).toHaveLength(3);
  });

  it('a new text answers it, and it stays in sight', async () => {
    const path = join(world.sips, fileName);
    const text = await readFile(path, 'utf8');
    await writeFile(path, `${text}\nThe cap was halved.\n`);
    const answered = await status();
    expect(answered.changeRequests).toHaveLength(4);
    for (const one of answered.changeRequests)
      expect(one).toMatchObject({ about: 'another-text', faults: [] });
    expect((await world.sip(['status', '2'])).stdout).toContain('answered by a new text');
    await writeFile(path, text);
  });

  it('with a byte changed is named, and a file that is none hides no other', async () => {
    const [first = '', second = ''] = await files();
    const path = join(world.sips, first);
    const line = await readFile(path, 'utf8');
    await writeFile(path, line.replace(/"text":"(.)/, '"text":"x$1'));
    await writeFile(join(world.sips, second), 'mine\n');
    const document = await world.json(['status', '2']);
    expect(document.changeRequestProblems).toMatchObject([{ code: 'CHANGE_REQUEST_INVALID' }]);
    expect(document.changeRequests).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ faults: [expect.objectContaining({ code: 'signature-false' })] }),
      ]),
    );
  });
});
