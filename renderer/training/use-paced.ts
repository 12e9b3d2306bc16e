/** Owns the pace of what is dear to draw. */
import { useEffect, useRef, useState } from 'react';

/** The value, at most one new one in so many milliseconds; the last one always arrives. */
export function usePaced<T>(value: T, milliseconds: number): T {
  const [shown, setShown] = useState(value);
  const changed = useRef(0);
  const isAtOnce = milliseconds === 0;
  if (isAtOnce && shown !== value) setShown(value);
  useEffect(() => {
    if (isAtOnce) return;
    const wait = Math.max(0, changed.current + milliseconds - performance.now());
    const timer = setTimeout(() => {
      changed.current = performance.now();
      setShown(value);
    }, wait);
    return () => clearTimeout(timer);
  }, [value, milliseconds, isAtOnce]);
  return shown;
}
