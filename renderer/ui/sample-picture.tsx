/** One picture as the network sees it: its own pixels, never inverted by the theme, never smoothed. */
import { useEffect, useRef } from 'react';
import type { SampleView } from '../../shared/protocol/samples';

type Picture = Extract<SampleView, { kind: 'picture' }>;

function bytesOf(base64: string): Uint8Array {
  const text = atob(base64);
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** RGBA of a grey picture (1 channel) or a colour picture (3; a fourth is opacity). */
export function rgbaOf({ width, height, channels, pixels }: Picture): Uint8ClampedArray<ArrayBuffer> {
  const bytes = bytesOf(pixels);
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    const at = i * channels;
    const grey = channels < 3;
    rgba[i * 4] = bytes[at];
    rgba[i * 4 + 1] = bytes[grey ? at : at + 1];
    rgba[i * 4 + 2] = bytes[grey ? at : at + 2];
    rgba[i * 4 + 3] = channels === 4 ? bytes[at + 3] : 255;
  }
  return rgba;
}

export function SamplePicture({ picture, size, label }: { picture: Picture; size: number; label?: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height } = picture;
  useEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(new ImageData(rgbaOf(picture), width, height), 0, 0);
  }, [picture, width, height]);
  const scale = size / Math.max(width, height);
  return (
    <canvas
      ref={canvas}
      width={width}
      height={height}
      role="img"
      aria-label={label ?? picture.label ?? 'Sample'}
      style={{
        width: width * scale,
        height: height * scale,
        imageRendering: 'pixelated',
        borderRadius: 3,
        background: 'var(--px0)',
      }}
    />
  );
}
