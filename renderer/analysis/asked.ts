/** Asks the host a question that can change before the answer is there. An answer to an earlier question is dropped. */
import { useEffect, useState } from 'react';
import type { Problem, Result } from '../../shared/result';

/** From then on words say what is waited for. */
const SLOW_MS = 1000;

export type Asked<T> =
  | { state: 'unasked' }
  | { state: 'waiting'; slow: boolean }
  | { state: 'answered'; value: T }
  | { state: 'failed'; problem: Problem };

interface Held<T> {
  key: string;
  asked: Asked<T>;
}

const waiting = { state: 'waiting', slow: false } as const;

/** `ask` must stay the same function. A question of null asks nothing. `again` asks once more when it changes. */
export function useAsked<Q, T>(
  question: Q | null,
  ask: (question: Q) => Promise<Result<T>>,
  again = '',
): Asked<T> {
  const key = question === null ? null : JSON.stringify([question, again]);
  const [held, setHeld] = useState<Held<T> | null>(null);
  useEffect(() => {
    if (key === null) return;
    let over = false;
    const timer = setTimeout(() => setHeld({ key, asked: { state: 'waiting', slow: true } }), SLOW_MS);
    const [asked] = JSON.parse(key) as [Q, string];
    void ask(asked).then((answer) => {
      clearTimeout(timer);
      if (over) return;
      setHeld({
        key,
        asked: answer.ok
          ? { state: 'answered', value: answer.value }
          : { state: 'failed', problem: answer.problem },
      });
    });
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [key, ask]);
  if (key === null) return { state: 'unasked' };
  return held?.key === key ? held.asked : waiting;
}
