/** What a browser is told when it may not come in or asks for what is not there. */
import type { OutgoingHttpHeaders } from 'node:http';

const escaped = (text: string): string =>
  text.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c] ?? c);

export const messagePage = (title: string, text: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Axonry</title><body style="font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:4rem auto;padding:0 1rem">` +
  `<h1 style="font-size:1.25rem">${escaped(title)}</h1><p>${escaped(text)}</p></body></html>`;

/** Own scripts only; `style-src 'unsafe-inline'` is for the positions that the canvas writes into elements. */
export function securityHeaders(host: string): OutgoingHttpHeaders {
  return {
    'content-security-policy': [
      "default-src 'self'",
      "script-src 'self'",
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data: blob:",
      "font-src 'self' data:",
      `connect-src 'self' ws://${host}`,
      "worker-src 'self' blob:",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  };
}
