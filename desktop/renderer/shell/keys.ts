import { useEffect } from 'react';
import { go } from '../router.tsx';

/** `g`, then the first letter of a screen. */
const PLACES: Readonly<Record<string, string>> = {
  i: 'inbox',
  s: 'sips',
  p: 'proposals',
  e: 'epochs',
  r: 'registry',
  c: 'council',
  a: 'activity',
};
/** After this long a `g` was no beginning. */
const TOGETHER_MS = 1_500;

const TYPING = 'input, textarea, select, dialog, [contenteditable="true"], [role="dialog"]';
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(TYPING) !== null;

/** Keys that work on every screen: Ctrl or Cmd with K for the commands, and `g` with a letter to go somewhere. */
export function useKeys(openCommands: () => void): void {
  useEffect(() => {
    let began = Number.NEGATIVE_INFINITY;
    const onKey = (event: KeyboardEvent) => {
      const key = event.key.toLowerCase();
      const modified = event.ctrlKey || event.metaKey;
      if (modified && key === 'k' && !event.altKey && !event.shiftKey) {
        event.preventDefault();
        openCommands();
        return;
      }
      if (modified || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
      const place = event.timeStamp - began <= TOGETHER_MS ? PLACES[key] : undefined;
      began = key === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY;
      if (place === undefined) return;
      event.preventDefault();
      go(place);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [openCommands]);
}
