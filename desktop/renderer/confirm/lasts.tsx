import { useEffect, useState } from 'react';

/** Of a blockhash: 150 blocks of 400 ms; slow ones make it more. */
const LASTS_MS = 60_000;

/** A transaction is taken by the network for a minute only: how much of it is left to read. */
export function Lasts() {
  const [leftS, setLeftS] = useState(LASTS_MS / 1000);
  useEffect(() => {
    const end = Date.now() + LASTS_MS;
    const id = setInterval(() => setLeftS(Math.max(0, Math.ceil((end - Date.now()) / 1000))), 1000);
    return () => clearInterval(id);
  }, []);
  return (
    <p className="src" role="timer">
      {leftS > 0
        ? `Valid for another ${leftS} s. Signed later, nothing is sent and you can ask again.`
        : 'Valid no more, most likely. Then nothing is sent, and you can ask again.'}
    </p>
  );
}
