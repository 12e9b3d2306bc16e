/** Owns where the view goes to show the whole network: as large as it can be, with nothing under what lies over the canvas. */
import { getViewportForBounds, type Rect, type Viewport } from 'reactflow';

export interface Size {
  width: number;
  height: number;
}

const LEAST_ZOOM = 0.1;
/** The bar above and the names of the kinds below lie over the canvas: no block may stand under them. */
const PADDING = { top: '64px', bottom: '48px', left: '4%', right: '4%' } as const;
/** Between the last block and the map. */
const GAP = 12;

function boundsOf(places: readonly Rect[]): Rect {
  const x = Math.min(...places.map((place) => place.x));
  const y = Math.min(...places.map((place) => place.y));
  const right = Math.max(...places.map((place) => place.x + place.width));
  const bottom = Math.max(...places.map((place) => place.y + place.height));
  return { x, y, width: right - x, height: bottom - y };
}

/**
 * `places`: where blocks and notes stand, at least one; `canvas`: its size in pixels; `corner`: how much of its lower right
 * corner is covered by the map. Where a place would lie under the map, the network keeps to the left of it or above it,
 * whichever shows it larger.
 */
export function wholeView(places: readonly Rect[], canvas: Size, corner: Size): Viewport {
  const bounds = boundsOf(places);
  const view = (padding: Partial<Record<keyof typeof PADDING, `${number}px`>>) =>
    getViewportForBounds(bounds, canvas.width, canvas.height, LEAST_ZOOM, 1, { ...PADDING, ...padding });
  const isCovered = ({ x, y, zoom }: Viewport) =>
    places.some(
      (place) =>
        (place.x + place.width) * zoom + x > canvas.width - corner.width &&
        (place.y + place.height) * zoom + y > canvas.height - corner.height,
    );
  const whole = view({});
  if (!isCovered(whole)) return whole;
  const beside = view({ right: `${corner.width + GAP}px` });
  const above = view({ bottom: `${corner.height + GAP}px` });
  return beside.zoom > above.zoom ? beside : above;
}
