import { encode } from 'uqr';
import './qr.css';

/** Drawn as shapes: no picture is loaded and no markup is written as text. */
export default function Qr({ text, label }: { readonly text: string; readonly label: string }) {
  const { data, size } = encode(text, { border: 2 });
  return (
    <svg
      className="qr"
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={label}
    >
      <rect className="paper" width={size} height={size} />
      {data.flatMap((line, y) =>
        line.map((dark, x) =>
          // biome-ignore lint/suspicious/noArrayIndexKey: a module is its place
          dark ? <rect key={`${x} ${y}`} x={x} y={y} width="1" height="1" /> : null,
        ),
      )}
    </svg>
  );
}
