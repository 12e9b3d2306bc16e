/** A bar of what is done, in segments where it has some. */

/** More epochs than this are one plain bar. */
const MOST_SEGMENTS = 60;

export function EpochBar({ of, done, epochs }: { of: string; done: number; epochs: number }) {
  const segments = epochs <= MOST_SEGMENTS ? epochs : 1;
  const share = done / epochs;
  return (
    <div
      className="epoch-bar"
      role="progressbar"
      aria-label={`Progress of the ${of}`}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(100 * share)}
    >
      {Array.from({ length: segments }, (_, i) => (
        <span key={i}>
          <i style={{ width: `${100 * Math.min(1, Math.max(0, share * segments - i))}%` }} />
        </span>
      ))}
    </div>
  );
}
