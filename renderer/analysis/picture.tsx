/** A picture as the network is given it: every pixel as it is, in both themes. */
import { useEffect, useRef } from 'react';
import type { SampleView } from '../../shared/protocol/samples';
import { bytesOf, rgbaOf } from '../ui/pixels';

type PictureView = Extract<SampleView, { kind: 'picture' }>;

export function Picture({ view, size, name }: { view: PictureView; size: number; name: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const rgba = rgbaOf(bytesOf(view.pixels), view.channels);
    canvas.current?.getContext('2d')?.putImageData(new ImageData(rgba, view.width, view.height), 0, 0);
  }, [view]);
  const scale = size / Math.max(view.width, view.height);
  return (
    <span className="picture" style={{ width: size, height: size }}>
      <canvas
        ref={canvas}
        width={view.width}
        height={view.height}
        role="img"
        aria-label={name}
        style={{ width: view.width * scale, height: view.height * scale }}
      />
    </span>
  );
}
