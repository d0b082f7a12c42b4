import {
  DeviceActionStatus,
  type DeviceManagementKit,
  DeviceManagementKitBuilder,
  type DiscoveredDevice,
  type DmkError,
  type ExecuteDeviceActionReturnType,
  type TransportFactory,
  UserInteractionRequired,
} from '@ledgerhq/device-management-kit';
import { type SignerSolana, SignerSolanaBuilder } from '@ledgerhq/device-signer-kit-solana';
import bs58 from 'bs58';
import type {
  DerivationPath,
  DeviceSignRequest,
  DeviceStep,
  LedgerAddress,
} from '#desktop/shared/ledger-protocol.ts';
import { NO_CONTEXT } from './context.ts';
import { failureOf, LedgerFailure } from './failure.ts';
import { pathsOf } from './paths.ts';

type OnStep = (step: DeviceStep) => void;

const STEPS: Partial<Record<UserInteractionRequired, DeviceStep>> = {
  [UserInteractionRequired.ConfirmOpenApp]: 'open-app',
  [UserInteractionRequired.SignTransaction]: 'compare',
  [UserInteractionRequired.VerifyAddress]: 'compare',
};

/** One Ledger, connected for one question and let go after it. */
export class Ledger {
  readonly #kit: DeviceManagementKit;

  constructor(transport: TransportFactory) {
    this.#kit = new DeviceManagementKitBuilder().addTransport(transport).build();
  }

  /** @throws LedgerFailure */
  addresses(account: number, signal: AbortSignal): Promise<readonly LedgerAddress[]> {
    return this.#with(signal, quiet, async (signer) => {
      const found: LedgerAddress[] = [];
      for (const path of pathsOf(account)) found.push(await addressAt(signer, path, false, signal, quiet));
      return found;
    });
  }

  /** Answers once its person has confirmed the address on the device. @throws LedgerFailure */
  show(path: DerivationPath, signal: AbortSignal): Promise<LedgerAddress> {
    return this.#with(signal, quiet, (signer) => addressAt(signer, path, true, signal, quiet));
  }

  /** Waits for a device, checks that it has the key, and lets it sign these bytes. @throws LedgerFailure */
  sign(request: DeviceSignRequest, signal: AbortSignal, onStep: OnStep): Promise<Uint8Array> {
    const { path, publicKey, message } = request;
    return this.#with(
      signal,
      onStep,
      async (signer) => {
        const found = await addressAt(signer, path, false, signal, onStep);
        if (found.publicKey !== publicKey) throw new LedgerFailure('LEDGER_MISMATCH', found.publicKey);
        onStep('compare');
        return outcome(signer.signTransaction(path, message, { delayed: false }), signal, onStep);
      },
      true,
    );
  }

  async #with<T>(
    signal: AbortSignal,
    onStep: OnStep,
    use: (signer: SignerSolana) => Promise<T>,
    wait = false,
  ): Promise<T> {
    try {
      const device = await this.#device(signal, onStep, wait);
      // No polling: this process speaks to the device only for what it was asked.
      const sessionId = await this.#kit.connect({
        device,
        sessionRefresherOptions: { isRefresherDisabled: true },
      });
      try {
        const signer = new SignerSolanaBuilder({ dmk: this.#kit, sessionId })
          .withContextModule(NO_CONTEXT)
          .build();
        return await use(signer);
      } finally {
        await this.#kit.disconnect({ sessionId }).catch(() => undefined);
      }
    } catch (error) {
      throw failureOf(error);
    }
  }

  #device(signal: AbortSignal, onStep: OnStep, wait: boolean): Promise<DiscoveredDevice> {
    return new Promise((resolve, reject) => {
      const end = (settle: () => void) => {
        clearTimeout(timer);
        settle();
        // The first device can come before `subscribe` has returned.
        queueMicrotask(() => listening.unsubscribe());
      };
      // The list is empty until USB was read once.
      const timer = setTimeout(() => {
        if (wait) onStep('connect');
        else end(() => reject(new LedgerFailure('LEDGER_ABSENT')));
      }, LOOK_MS);
      signal.addEventListener('abort', () => end(() => reject(new LedgerFailure('LEDGER_REFUSED'))), {
        once: true,
      });
      const listening = this.#kit.listenToAvailableDevices({}).subscribe({
        next: ([device]) => {
          if (device !== undefined) end(() => resolve(device));
        },
        error: (error) => end(() => reject(failureOf(error))),
      });
    });
  }
}

/** How long a question looks for a device before it says that there is none. */
const LOOK_MS = 2_000;

const quiet: OnStep = () => undefined;

async function addressAt(
  signer: SignerSolana,
  path: DerivationPath,
  checkOnDevice: boolean,
  signal: AbortSignal,
  onStep: OnStep,
): Promise<LedgerAddress> {
  const publicKey = await outcome(signer.getAddress(path, { checkOnDevice }), signal, onStep);
  if (bs58.decodeUnsafe(publicKey)?.length !== 32) throw new LedgerFailure('LEDGER_FAILED', 'no address');
  return { path, publicKey };
}

/** The end of one of the kit's actions; an abort cancels it there. */
function outcome<T, E extends DmkError>(
  action: ExecuteDeviceActionReturnType<T, E, { requiredUserInteraction: UserInteractionRequired }>,
  signal: AbortSignal,
  onStep: OnStep,
): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener(
      'abort',
      () => {
        reject(new LedgerFailure('LEDGER_REFUSED'));
        end();
      },
      { once: true },
    );
    let ended = false;
    const end = () => {
      if (ended) return;
      // Cancelling speaks to this very subscriber again.
      ended = true;
      action.cancel();
    };
    action.observable.subscribe({
      next: (state) => {
        if (state.status === DeviceActionStatus.Completed) resolve(state.output);
        else if (state.status === DeviceActionStatus.Error) reject(failureOf(state.error));
        else if (state.status === DeviceActionStatus.Stopped) reject(new LedgerFailure('LEDGER_REFUSED'));
        else if (state.status === DeviceActionStatus.Pending) {
          const needed = state.intermediateValue.requiredUserInteraction;
          const step = STEPS[needed];
          if (step !== undefined) onStep(step);
          // The kit would wait for as long as it stays locked.
          else if (needed === UserInteractionRequired.UnlockDevice) {
            reject(new LedgerFailure('LEDGER_LOCKED'));
            end();
          }
        }
      },
      error: (error) => reject(failureOf(error)),
    });
  });
}
