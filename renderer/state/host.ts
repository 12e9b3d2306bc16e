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

const TOKEN = 'axonry.token';

/** The token comes once in the address; it is kept for reloads of this tab and taken out of the address bar. */
function token(): string | null {
  const address = new URL(window.location.href);
  const given = address.searchParams.get('token') ?? new URLSearchParams(address.hash.slice(1)).get('token');
  if (!given) return sessionStorage.getItem(TOKEN);
  sessionStorage.setItem(TOKEN, given);
  address.searchParams.delete('token');
  address.hash = '';
  window.history.replaceState(null, '', address);
  return given;
}

function socketAddress(): string {
  const address = new URL('socket', window.location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  const given = token();
  address.search = given ? `?token=${encodeURIComponent(given)}` : '';
  address.hash = '';
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
