/** Owns the one connection of this window to the host: the desktop's bridge where there is one, else a WebSocket. */
import { create } from 'zustand';
import type { HostApi } from '../../shared/protocol/host-api';
import { HostSocket, socketHost, type ConnectionState } from './socket';

declare global {
  interface Window {
    /** Put there by the desktop shell's preload script. */
    axonry?: HostApi;
  }
}

export const useConnection = create<{ state: ConnectionState }>(() => ({ state: 'connecting' }));

/** The page itself was only given to a browser that is known; its cookie opens the socket too. */
function socketAddress(): string {
  const address = new URL('/api', window.location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  return address.href;
}

function connect(): HostApi {
  if (window.axonry) {
    useConnection.setState({ state: 'open' });
    return window.axonry;
  }
  return socketHost(new HostSocket(socketAddress(), (state) => useConnection.setState({ state })));
}

export const host: HostApi = connect();
