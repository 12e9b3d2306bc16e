/** A picture as the network is given it: every pixel as it is, in both themes. */
import { useEffect, useRef } from 'react';
import type { SampleView } from '../../shared/protocol/samples';

type PictureView = Extract<SampleView, { kind: 'picture' }>;

/** Grey, grey with alpha, colour or colour with alpha to what a canvas holds. */
function imageOf({ width, height, channels, pixels }: PictureView): ImageData {
  const bytes = Uint8Array.from(atob(pixels), (letter) => letter.charCodeAt(0));
  const image = new ImageData(width, height);
  const isGrey = channels < 3;
  const hasAlpha = channels === 2 || channels === 4;
  for (let i = 0; i < width * height; i++) {
    const from = i * channels;
    for (let c = 0; c < 3; c++) image.data[4 * i + c] = bytes[from + (isGrey ? 0 : c)];
    image.data[4 * i + 3] = hasAlpha ? bytes[from + channels - 1] : 255;
  }
  return image;
}

export function Picture({ view, size, name }: { view: PictureView; size: number; name: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(imageOf(view), 0, 0);
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
