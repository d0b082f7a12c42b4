import { Keypair, SystemProgram, TransactionMessage, VersionedTransaction } from '@solana/web3.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemTimer } from '#governance/adapters/timer.ts';
import { connectRpc, type RpcOptions } from '#governance/chain/rpc.ts';
import { type Fault, type FaultyRpc, faultyRpc } from '#test/support/faulty-rpc.ts';
import { type LiteSvmRpc, liteSvmRpc } from '#test/support/litesvm-rpc.ts';
import { rpcAnswers } from '#test/support/rpc-answers.ts';

const GENESIS = 'EtWTRABZaYq6iMfeYKouRu166VU2xqa1wcaWoxPkrZBG';
const QUICK = { timer: systemTimer, retryDelayMs: 1 } as const;
/** For an endpoint that never answers; all others have the time that a busy computer takes. */
const SILENT: Fault = { kind: 'delay', ms: 600_000 };
const timeLimit = (fault: Fault) => (fault === SILENT ? { timeoutMs: 400 } : {});

let svm: LiteSvmRpc;
let server: FaultyRpc;
beforeEach(async () => {
  svm = liteSvmRpc({ genesisHash: GENESIS });
  server = await faultyRpc(rpcAnswers(svm));
});
afterEach(() => server.close());

const connect = (options: Partial<RpcOptions> = {}) => connectRpc(server.url, { ...QUICK, ...options });

describe('connectRpc against a healthy endpoint', () => {
  it('reads accounts in the order asked, past one batch, with nulls', async () => {
    const keys = Array.from({ length: 230 }, () => Keypair.generate().publicKey);
    const put = [0, 100, 229];
    for (const i of put)
      svm.setAccount({
        address: keys[i]!,
        owner: SystemProgram.programId,
        lamports: BigInt(i) + 5_000_000n,
        data: Uint8Array.of(i, 255),
      });
    const { accounts, slot } = await connect().getAccounts(keys);
    expect(accounts.length).toBe(230);
    expect(accounts.flatMap((account, i) => (account ? [i] : []))).toEqual(put);
    expect(accounts[100]).toMatchObject({
      lamports: 5_000_100n,
      data: Uint8Array.of(100, 255),
      executable: false,
    });
    expect(accounts[100]?.address.equals(keys[100]!)).toBe(true);
    expect(slot).toBe((await svm.clock()).slot);
    expect(server.asked.filter((method) => method === 'getMultipleAccounts').length).toBe(3);
  });

  it('reads the clock, rent, empty data and program accounts', async () => {
    const rpc = connect();
    svm.setClock(1_900_000_000n);
    expect(await rpc.clock()).toEqual(await svm.clock());
    expect(await rpc.minimumBalanceLamports(80)).toBe(await svm.minimumBalanceLamports(80));
    const owner = Keypair.generate().publicKey;
    const [a, b] = [Keypair.generate().publicKey, Keypair.generate().publicKey];
    svm.setAccount({ address: a, owner, lamports: 1_000_000n, data: Uint8Array.of(1, 2, 3) });
    svm.setAccount({ address: b, owner, lamports: 1_000_000n, data: Uint8Array.of() });
    const found = await rpc.getProgramAccounts(owner, {
      memcmp: [{ offset: 1, bytes: Uint8Array.of(2, 3) }],
    });
    expect(found.map((account) => account.address.toBase58())).toEqual([a.toBase58()]);
    expect((await rpc.getAccounts([b])).accounts[0]?.data).toEqual(new Uint8Array());
  });

  it('sends, simulates and finds a transaction again', async () => {
    const rpc = connect();
    const payer = Keypair.generate();
    svm.airdrop(payer.publicKey, 1_000_000_000n);
    const { blockhash, lastValidBlockHeight } = await rpc.latestBlockhash();
    const transaction = new VersionedTransaction(
      new TransactionMessage({
        payerKey: payer.publicKey,
        recentBlockhash: blockhash,
        instructions: [
          SystemProgram.transfer({
            fromPubkey: payer.publicKey,
            toPubkey: Keypair.generate().publicKey,
            lamports: 1_000_000,
          }),
        ],
      }).compileToV0Message(),
    );
    expect(await rpc.simulate(transaction.serialize())).toMatchObject({ err: null, computeUnits: 150n });
    transaction.sign([payer]);
    const bytes = transaction.serialize();
    const signature = await rpc.sendRaw(bytes);
    expect(await rpc.signatureOutcome(signature, true)).toMatchObject({
      err: null,
      confirmation: 'confirmed',
    });
    expect(await rpc.transaction(signature)).toMatchObject({ bytes, computeUnits: 150n, err: null });
    expect(await rpc.signaturesFor(payer.publicKey)).toMatchObject([{ signature, err: null }]);
    expect(await rpc.blockHeight()).toBeLessThan(lastValidBlockHeight);
  });
});

describe('connectRpc against a bad endpoint', () => {
  const passing: Fault[] = [
    { kind: 'drop' },
    { kind: 'html' },
    { kind: 'truncated' },
    { kind: 'wrong-id' },
    { kind: 'status', status: 503 },
    { kind: 'rate-limit' },
    { kind: 'rate-limit', retryAfter: '0' },
    SILENT,
    { kind: 'rpc-error', code: -32005, message: 'Node is behind by 42 slots' },
  ];
  for (const fault of passing)
    it(`gets over a passing ${JSON.stringify(fault)}`, async () => {
      server.plan({ times: 2, fault });
      expect(await connect(timeLimit(fault)).blockHeight()).toBe(await svm.blockHeight());
    });

  const lasting: [Fault, string, string][] = [
    [{ kind: 'drop' }, 'ENDPOINT_DOWN', 'the connection breaks off'],
    [{ kind: 'html' }, 'ENDPOINT_DOWN', 'its answer is not JSON-RPC'],
    [{ kind: 'truncated' }, 'ENDPOINT_DOWN', 'its answer is not JSON-RPC'],
    [{ kind: 'wrong-id' }, 'ENDPOINT_DOWN', 'its answer is not JSON-RPC'],
    [{ kind: 'status', status: 502 }, 'ENDPOINT_DOWN', 'it answers HTTP 502'],
    [SILENT, 'ENDPOINT_DOWN', 'it takes too long'],
    [{ kind: 'redirect', to: 'http://127.0.0.1:1/' }, 'ENDPOINT_DOWN', 'it redirects elsewhere'],
    [
      { kind: 'result', result: { value: 'nonsense' } },
      'ENDPOINT_DOWN',
      'its answer to getBlockHeight makes no sense',
    ],
    [
      { kind: 'rpc-error', code: -32010, message: 'excluded\nfrom index' },
      'ENDPOINT_REFUSED',
      'excluded from index',
    ],
  ];
  for (const [fault, code, reason] of lasting)
    it(`names ${JSON.stringify(fault)}`, async () => {
      server.plan({ fault });
      await expect(connect({ retries: 1, ...timeLimit(fault) }).blockHeight()).rejects.toMatchObject({
        code,
        facts: { reason },
      });
    });

  it('names rate limiting, and does not wait for a long Retry-After', async () => {
    server.plan({ fault: { kind: 'rate-limit' } });
    await expect(connect({ retries: 2 }).blockHeight()).rejects.toMatchObject({
      code: 'ENDPOINT_RATE_LIMITED',
    });
    expect(server.asked.length).toBe(3);
    server.plan({ fault: { kind: 'rate-limit', retryAfter: '3600' } });
    await expect(connect().blockHeight()).rejects.toMatchObject({ code: 'ENDPOINT_RATE_LIMITED' });
    expect(server.asked.length).toBe(4);
  });

  it('waits as long as Retry-After says', async () => {
    const slept: number[] = [];
    const timer = { now: () => 1_000_000, sleep: async (ms: number) => void slept.push(ms) };
    server.plan({ times: 1, fault: { kind: 'rate-limit', retryAfter: '3' } });
    await connect({ timer }).blockHeight();
    server.plan({ times: 1, fault: { kind: 'rate-limit', retryAfter: new Date(1_004_000).toUTCString() } });
    await connect({ timer }).blockHeight();
    expect(slept).toEqual([3000, 4000]);
  });

  it('hands a transaction over once only', async () => {
    server.plan({ method: 'sendTransaction', fault: { kind: 'drop', after: true } });
    await expect(connect().sendRaw(Uint8Array.of(0))).rejects.toMatchObject({ code: 'ENDPOINT_DOWN' });
    expect(server.asked).toEqual(['sendTransaction']);
  });

  it('refuses another cluster before it believes or sends anything', async () => {
    const rpc = connect({ expectedGenesisHash: '5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d' });
    for (const work of [
      () => rpc.blockHeight(),
      () => rpc.sendRaw(Uint8Array.of(0)),
      () => rpc.getAccounts([]),
      () => rpc.genesisHash(),
    ])
      await expect(work()).rejects.toMatchObject({ code: 'WRONG_CLUSTER', facts: { actual: GENESIS } });
    expect(server.asked).toEqual(['getGenesisHash']);
    expect(await connect({ expectedGenesisHash: GENESIS }).blockHeight()).toBe(await svm.blockHeight());
  });

  it('names a silent endpoint before the patience of a reader ends', async () => {
    server.plan({ fault: SILENT });
    await expect(connect({ timeoutMs: 400, patienceMs: 300 }).blockHeight()).rejects.toMatchObject({
      code: 'ENDPOINT_DOWN',
      facts: { reason: 'it takes too long' },
    });
    expect(server.asked).toEqual(['getBlockHeight']);
  });

  it('does not read an answer without end', async () => {
    server.plan({ fault: { kind: 'endless' } });
    await expect(connect().blockHeight()).rejects.toMatchObject({
      code: 'ENDPOINT_DOWN',
      facts: { reason: 'its answer has no end' },
    });
    expect(server.asked).toEqual(['getBlockHeight']);
  });

  it('asks for the genesis hash again after it could not be had', async () => {
    const rpc = connect({ expectedGenesisHash: GENESIS, retries: 0 });
    server.plan({ times: 1, fault: { kind: 'drop' } });
    await expect(rpc.blockHeight()).rejects.toMatchObject({ code: 'ENDPOINT_DOWN' });
    expect(await rpc.blockHeight()).toBe(await svm.blockHeight());
  });

  it('shows neither credentials nor keys of an endpoint, and uses the credentials', async () => {
    const url = server.url.replace('http://', 'http://user:p%40ss@');
    const rpc = connectRpc(`${url}/v2/secret-key?api-key=hidden`, { ...QUICK, retries: 0 });
    await rpc.blockHeight();
    expect(server.headers[0]?.authorization).toBe(`Basic ${btoa('user:p@ss')}`);
    await server.close();
    const error = await rpc.blockHeight().catch((e: unknown) => e);
    expect(error).toMatchObject({
      code: 'ENDPOINT_DOWN',
      facts: { endpoint: `${server.url}/…?…`, reason: 'the connection is refused' },
    });
    expect(JSON.stringify(error) + String(error)).not.toMatch(/secret-key|hidden|p%40ss|p@ss/);
    server = await faultyRpc(rpcAnswers(svm));
  });

  it('shows no key of an endpoint that repeats it', async () => {
    const [path, query, user, password] = ['kEy-1n-P4th', 'k3y in query', 'user-of-it', 'p%ssw0rd!'];
    const address = new URL(`${server.url}/v2/${path}/?api-key=${encodeURIComponent(query)}`);
    [address.username, address.password] = [user, encodeURIComponent(password)];
    const rpc = connectRpc(address.href, { ...QUICK, retries: 0 });
    const message = `${user}, ${password}: ${path} (${query}) at ${address.href} may not do it`;
    server.plan({ fault: { kind: 'rpc-error', code: -32_000, message } });
    const error = await rpc.blockHeight().catch((e: unknown) => e);
    expect(error).toMatchObject({
      code: 'ENDPOINT_REFUSED',
      facts: { reason: expect.stringMatching(/ may not do it$/) },
    });
    for (const key of [path, query, encodeURIComponent(query), user, password, encodeURIComponent(password)])
      expect(String(error)).not.toContain(key);
  });

  it.each([
    ['?api-key=abc', 'abc is not paid for (api-key=abc, keyabcs)', '… is not paid for (api-key=…, keyabcs)'],
    ['/k3y', 'no plan for k3y at /k3y', 'no plan for … at …'],
    ['/v2/s3cr/rpc', 'rpc v2: xs3cry', 'rpc v2: x…y'],
    ['?tok', 'tok is not known here', '… is not known here'],
    ['?a=1&b=x%20y', 'x y of 1, x%20y of 11', '… of …, … of 11'],
    ['?t=a+b', 'a b is a+b', '… is …'],
    ['?t=.*', 'all .* of it', 'all … of it'],
    ['/rpc/?commitment=x', 'rpc: Method not found', 'rpc: Method not found'],
    ['/', 'Method / not found', 'Method / not found'],
  ])('shows no key that is short either: %s', async (rest, message, shown) => {
    const rpc = connectRpc(`${server.url}${rest}`, { ...QUICK, retries: 0 });
    server.plan({ fault: { kind: 'rpc-error', code: -32_000, message } });
    await expect(rpc.blockHeight()).rejects.toMatchObject({
      code: 'ENDPOINT_REFUSED',
      facts: { reason: shown },
    });
  });

  it('refuses what is no endpoint', () => {
    expect(() => connectRpc('nonsense', QUICK)).toThrow(
      expect.objectContaining({ code: 'ENDPOINT_INVALID' }),
    );
    for (const mistyped of [
      'https//rpc.example.org/KEY?KEY',
      '1ada:KEY@rpc.example.org',
      'rpc.example.org/KEY',
    ])
      expect(() => connectRpc(mistyped, QUICK)).toThrow(
        expect.objectContaining({
          code: 'ENDPOINT_INVALID',
          message: expect.not.stringContaining('KEY'),
        }),
      );
    expect(() => connectRpc('ftp://example.org', QUICK)).toThrow(
      expect.objectContaining({ code: 'ENDPOINT_INVALID' }),
    );
  });
});
