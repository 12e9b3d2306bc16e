/** The interpreter of the environment, or the reason why there is none. */
export function peerPython(requirements?: string): { interpreter?: string; reason?: string };
