import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runSip } from '#governance/cli/testing/run-sip.ts';
import type { Launched } from './launch.ts';

/** Another console: the command line on the network inside an app, with a data folder of its own. */
export interface Elsewhere {
  /** The app's documents. */
  readonly documents: string;
  /** @throws Error of what the command said, unless it ended with 0 */
  sip(...argv: readonly string[]): Promise<void>;
  end(): void;
}

/** @param sips folder of the documents that it goes by, the app's if left out */
export function elsewhere({ dataDir }: Launched, sips?: string): Elsewhere {
  const own = mkdtempSync(join(tmpdir(), 'elsewhere-'));
  const share = join(dataDir, 'share', 'solayer-council');
  mkdirSync(join(own, 'sandbox'));
  cpSync(join(share, 'sandbox', 'window'), join(own, 'sandbox', 'default'), { recursive: true });
  const [genesis = ''] = readdirSync(join(share, 'sips'));
  const documents = join(share, 'sips', genesis);
  const env = { SIP_DATA_DIR: own, SIP_SIPS: sips ?? documents };
  return {
    documents,
    async sip(...argv) {
      const { code, stderr } = await runSip(argv, { env });
      if (code !== 0) throw new Error(`sip ${argv.join(' ')} ended with ${code}: ${stderr}`);
    },
    end: () => rmSync(own, { recursive: true, force: true }),
  };
}
