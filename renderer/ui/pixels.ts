/** Owns how the bytes of pictures become what a canvas draws. */

export const bytesOf = (base64: string): Uint8Array =>
  Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

/** RGBA of pixels that are grey (1 channel), grey with opacity (2), colour (3) or colour with opacity (4). */
export function rgbaOf(bytes: Uint8Array, channels: number): Uint8ClampedArray<ArrayBuffer> {
  const pixels = bytes.length / channels;
  const rgba = new Uint8ClampedArray(pixels * 4);
  const isGrey = channels < 3;
  const hasOpacity = channels === 2 || channels === 4;
  for (let i = 0; i < pixels; i++) {
    const from = i * channels;
    for (let c = 0; c < 3; c++) rgba[4 * i + c] = bytes[from + (isGrey ? 0 : c)];
    rgba[4 * i + 3] = hasOpacity ? bytes[from + channels - 1] : 255;
  }
  return rgba;
}
