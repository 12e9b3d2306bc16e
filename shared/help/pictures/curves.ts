/** Owns the pictures that are curves: activations with their slopes, what normalising does, how a loss is descended. */
import { slopeOf, type Curve } from '../../blocks/activation/curves';
import { activationAxes, axesPath, curvePath } from '../curve-path';
import { area, arrow, box, circle, line, words, type Drawing } from '../drawing';

export function activationPicture(curve: Curve): Drawing {
  const axes = activationAxes(curve, 320, 200);
  return {
    width: axes.width,
    height: axes.height,
    caption: 'The function from −4 to 4; dashed its slope, which gradients are multiplied by.',
    marks: [
      line(box(0.5, 0.5, axes.width - 1, axes.height - 1)),
      line(axesPath(axes)),
      line(curvePath(slopeOf(curve), axes), 'mark', true),
      line(curvePath(curve, axes), 'strong'),
    ],
  };
}

const bell = (middle: number, spread: number) => (x: number) => Math.exp(-(((x - middle) / spread) ** 2) / 2);

/** Values that lie anywhere, and what they are brought to. */
export function normalisingPicture(): Drawing {
  const side = { width: 150, height: 96, from: -4, to: 4, bottom: 0, top: 1.1 };
  const shifted = (d: string, by: number): string =>
    d.replaceAll(/([ML])(-?[\d.]+) /g, (_, letter: string, x: string) => `${letter}${Number(x) + by} `);
  return {
    width: 340,
    height: 118,
    caption: 'Values around any middle, spread anyhow, become values around 0 that are spread by 1.',
    marks: [
      line(`M8 88h134M75 88v6M198 88h134M265 88v6`),
      line(curvePath(bell(1.7, 0.6), side), 'quiet'),
      line(curvePath(bell(-1.4, 1.1), side), 'quiet'),
      arrow(152, 50, 34),
      line(shifted(curvePath(bell(0, 1), side), 190), 'strong'),
      words(75, 108, '0'),
      words(265, 108, '0'),
    ],
  };
}

/** Steps against the slope of a bowl that is longer than wide. */
export function descendingPicture(rate: number): Drawing {
  const [middleX, middleY] = [170, 80];
  const points: [number, number][] = [[-120, 52]];
  // Any rate is drawn as one that just converges here: what differs between optimizers is not its size.
  for (let i = 0; i < 14; i++) {
    const [x, y] = points[points.length - 1];
    points.push([x - 0.18 * x, y - 1.7 * y]);
  }
  const path = points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${(middleX + x).toFixed(1)} ${(middleY + y * 0.9).toFixed(1)}`).join(''); // prettier-ignore
  const ring = (share: number) => `M${middleX - 150 * share} ${middleY}a${150 * share} ${66 * share} 0 1 0 ${300 * share} 0a${150 * share} ${66 * share} 0 1 0 ${-300 * share} 0z`; // prettier-ignore
  return {
    width: 340,
    height: 160,
    caption: `Lines of equal loss, and steps downhill to the lowest place. Plain steps against the slope swing to and fro in a long valley; optimizers differ in how they shorten that way. This one begins with a rate of ${rate}.`,
    marks: [
      ...[1, 0.75, 0.5, 0.25].map((share) => line(ring(share))),
      area(circle(middleX, middleY, 3)),
      line(path, 'strong'),
    ],
  };
}
