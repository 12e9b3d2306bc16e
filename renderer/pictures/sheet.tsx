/** Many pictures of one size in rows and columns: every pixel as it is, in both themes. */
import { useEffect, useRef } from 'react';
import type { PictureSheet } from '../../shared/protocol/pictures';
import { bytesOf, rgbaOf } from '../ui/pixels';
import './pictures.css';

/** Pixels of the pictures between two of them. */
const GAP = 1;

export const picturesIn = ({ width, height, channels, pixels }: PictureSheet): number =>
  bytesOf(pixels).length / (width * height * channels);

const rowsOf = (sheet: PictureSheet, columns: number): number => Math.ceil(picturesIn(sheet) / columns);

type Layout = Required<Pick<SheetProps, 'columns' | 'rows' | 'upwards'>>;

function draw(
  canvas: HTMLCanvasElement,
  { width, height, channels, pixels }: PictureSheet,
  { columns, rows, upwards }: Layout,
): void {
  const bytes = bytesOf(pixels);
  const size = width * height * channels;
  const count = Math.min(bytes.length / size, rows * columns);
  canvas.width = columns * (width + GAP) - GAP;
  canvas.height = rows * (height + GAP) - GAP;
  const context = canvas.getContext('2d');
  for (let i = 0; i < count; i++) {
    const row = Math.floor(i / columns);
    const rgba = rgbaOf(bytes.subarray(i * size, (i + 1) * size), channels);
    context?.putImageData(
      new ImageData(rgba, width, height),
      (i % columns) * (width + GAP),
      (upwards ? rows - 1 - row : row) * (height + GAP),
    );
  }
}

interface SheetProps {
  sheet: PictureSheet;
  columns: number;
  /** What a person who cannot see it is told. */
  name: string;
  /** More pictures than this many rows hold are left out. */
  rows?: number;
  /** The first row is the lowest. */
  upwards?: boolean;
}

/** As wide as what it stands in. */
export function Sheet({ sheet, columns, rows = rowsOf(sheet, columns), name, upwards = false }: SheetProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current) draw(canvas.current, sheet, { columns, rows, upwards });
  }, [sheet, columns, rows, upwards]);
  return <canvas ref={canvas} className="sheet" role="img" aria-label={name} />;
}
