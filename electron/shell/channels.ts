/** Names of the channels between a window and the main process. Preload and main agree on them here. */
export const HOST_REQUEST = 'axonry:host';
export const HOST_EVENT = 'axonry:event';
export const DESKTOP_REQUEST = 'axonry:desktop';
export const DESKTOP_COMMAND = 'axonry:command';
/** A file was dropped on the window; only the preload script can say so, from an event of the person's own hand. */
export const DROPPED_FILE = 'axonry:dropped';

/** The preload script learns the methods from its arguments, so that it need not carry the schemas. */
export const HOST_METHODS_ARGUMENT = '--axonry-host-methods=';
export const DESKTOP_METHODS_ARGUMENT = '--axonry-desktop-methods=';
