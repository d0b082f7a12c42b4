// Progress on standard error: silent for what is quick, a line for what takes longer than a second.

const started = performance.now();

/** One line on standard error. */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

export function seconds(ms) {
  const s = ms / 1000;
  if (s < 60) return `${s.toFixed(1)} s`;
  return `${Math.floor(s / 60)} min ${Math.round(s % 60)} s`;
}

/** Milliseconds since this process began its work. */
export const sinceStart = () => performance.now() - started;

/**
 * Runs `work` and tells about it once it takes longer than a second, then every fifteen.
 * `work` gets a function with which it names what it is doing now.
 */
export async function progress(label, work) {
  const from = performance.now();
  let detail = '';
  let spoken = false;
  const tell = () => {
    say(
      `${label} … ${spoken ? seconds(performance.now() - from) : ''}${detail ? ` (${detail})` : ''}`.trimEnd(),
    );
    spoken = true;
  };
  const first = setTimeout(tell, 1000);
  const again = setInterval(() => spoken && tell(), 15_000);
  try {
    const result = await work((text) => {
      detail = text;
    });
    if (spoken) say(`${label}: done in ${seconds(performance.now() - from)}`);
    return result;
  } finally {
    clearTimeout(first);
    clearInterval(again);
  }
}
