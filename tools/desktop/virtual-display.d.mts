export function startVirtualDisplay(
  account: { readonly uid: number; readonly gid: number } | undefined,
  size?: { readonly width?: number; readonly height?: number },
): Promise<{ readonly name: string; readonly authority: string; stop(): Promise<void> }>;
