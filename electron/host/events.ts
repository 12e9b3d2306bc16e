/** Carries the host's events to whoever listens. */
import type { HostEvent } from '../../shared/protocol/host-api';

export type Emit = (event: HostEvent) => void;

export interface EventSource {
  emit: Emit;
  subscribe(listener: Emit): () => void;
}

export function eventSource(): EventSource {
  const listeners = new Set<Emit>();
  return {
    emit: (event) => {
      for (const listener of listeners) listener(event);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
