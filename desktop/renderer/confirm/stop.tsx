/** Has the focus first: Enter by habit refuses. */
export function Stop({ children }: { readonly children: string }) {
  return (
    // biome-ignore lint/a11y/noAutofocus: the harmless answer is the one that a habit meets
    <button type="button" className="btn" autoFocus onClick={() => window.confirmation.refuse()}>
      {children}
    </button>
  );
}
