import type { Seat } from '#desktop/shared/views.ts';
import type { SandboxInfo } from '#governance/sandbox/info.ts';

/** Who can sign on the embedded network: the council's seats in their order, and the offices. */
export function seatsOf(info: SandboxInfo): readonly Seat[] {
  const members = info.members.map(({ publicKey, permissions }, at) => ({
    id: String(at),
    name: `Seat ${at}`,
    publicKey,
    permissions: [...permissions],
  }));
  return [
    ...members,
    { id: 'epoch-admin', name: 'Epoch admin', publicKey: info.epochAdmin.publicKey, permissions: [] },
    { id: 'guardian', name: 'Guardian', publicKey: info.guardian.publicKey, permissions: [] },
  ];
}
