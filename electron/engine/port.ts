/** Owns the way to the parent process, which is the same whether this process was forked by Node or by Electron. */
import type { EngineMessage } from '../../shared/protocol/engine';

export interface Port {
  /** Settles when the message is on its way, so that a process may end after its last word. */
  send(message: EngineMessage): Promise<void>;
  onMessage(listener: (message: unknown) => void): void;
  /** The parent is gone. */
  onClose(listener: () => void): void;
}

/** What Electron gives a utility process; declared here because the engine must not need Electron. */
interface ElectronParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

function electronPort(parent: ElectronParentPort): Port {
  return {
    send(message) {
      parent.postMessage(message);
      return Promise.resolve();
    },
    onMessage: (listener) => parent.on('message', ({ data }) => listener(data)),
    // Electron ends its utility processes itself.
    onClose: () => undefined,
  };
}

function forkedPort(): Port {
  return {
    send: (message) =>
      new Promise((resolve) => {
        // A parent that has just gone is told of by `disconnect`; the message is lost either way.
        if (process.connected && process.send) process.send(message, undefined, undefined, () => resolve());
        else resolve();
      }),
    onMessage: (listener) => process.on('message', listener),
    onClose: (listener) => process.once('disconnect', listener),
  };
}

/** null where no parent listens: the program was started by hand. */
export function parentPort(): Port | null {
  const { parentPort: parent } = process as unknown as { parentPort?: ElectronParentPort };
  if (parent) return electronPort(parent);
  return process.send ? forkedPort() : null;
}
