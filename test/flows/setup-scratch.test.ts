import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'vitest';
import { runSip } from '#governance/cli/testing/run-sip.ts';
import { loadPrograms } from '#governance/sandbox/programs.ts';
import { startBareNetwork } from '#governance/sandbox/start.ts';
import { faultyRpc } from '#test/support/faulty-rpc.ts';

it('tries', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'setup-'));
  const network = await startBareNetwork({ dataDir: folder, programs: loadPrograms() });
  try {
    const { info } = network;
    const file = {
      name: 'bare',
      members: info.members.map(({ publicKey, permissions }) => ({ key: publicKey, permissions })),
      threshold: 3,
      timeLockSeconds: 600,
      floors: { minThreshold: 3, minTimeLockSeconds: 600 },
      epochAdmin: info.epochAdmin.publicKey,
      guardian: info.guardian.publicKey,
      gatekeeper: info.gatekeeper.publicKey,
      vaultLamports: '5000000000',
    };
    const path = join(folder, 'setup.json');
    await writeFile(path, JSON.stringify(file));
    const env = { SIP_PROJECT: process.cwd(), SIP_DATA_DIR: join(folder, 'A') };
    const proxy = await faultyRpc(info.rpcUrl);
    let seen = 0;
    setInterval(() => {
      const c: Record<string, number> = {};
      for (const m of proxy.asked.slice(seen)) c[m] = (c[m] ?? 0) + 1;
      seen = proxy.asked.length;
      console.log(JSON.stringify(c));
    }, 1000);
    const at = ['--url', proxy.url, '--keypair', join(folder, 'sandbox/default/keys/depositor.json')];
    for (const words of [
      ['setup', 'plan', path],
      ['setup', 'apply', path, '--verbose'],
      ['setup', 'apply', path, '--output', 'json'],
      ['setup', 'status', path],
    ]) {
      const t = performance.now();
      const ran = await runSip([...words, ...at], { env });
      console.log(
        words.join(' '),
        ran.code,
        Math.round(performance.now() - t),
        'ms\n',
        ran.stdout,
        ran.stderr,
      );
    }
  } finally {
    await network.stop();
  }
});
