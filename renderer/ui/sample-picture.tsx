/** One picture as the network sees it: its own pixels, never inverted by the theme, never smoothed. */
import { useEffect, useRef } from 'react';
import type { SampleView } from '../../shared/protocol/samples';
import { bytesOf, rgbaOf } from './pixels';

type Picture = Extract<SampleView, { kind: 'picture' }>;

export function SamplePicture({ picture, size, label }: { picture: Picture; size: number; label?: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height } = picture;
  useEffect(() => {
    const rgba = rgbaOf(bytesOf(picture.pixels), picture.channels);
    canvas.current?.getContext('2d')?.putImageData(new ImageData(rgba, width, height), 0, 0);
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
