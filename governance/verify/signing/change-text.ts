/** What a request for changes may say, judged apart from governance/change-requests, which writes it. */

/** UTF-16 units. */
const MOST = 4_000;
/** Controls but LF, and what a reader cannot see, sees elsewhere or takes for a blank. */
const HIDDEN =
  /[^\P{Cc}\n]|[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}\u2800\ufffc\ufffd]|[^\P{Zs} ]/u;
/** Blanks around it or at a line's end, and empty lines that could push words out of sight. */
const LOOSE = /^[ \n]|[ \n]$| \n|\n{3}/;

export const isShownAsMeant = (text: string): boolean =>
  text.length <= MOST && !HIDDEN.test(text) && !LOOSE.test(text) && text.normalize('NFC') === text;
