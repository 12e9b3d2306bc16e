/** Owns the pictures that are curves: activations with their slopes, what normalising does. */
import { slopeOf, type Curve } from '../../blocks/activation/curves';
import { activationAxes, axesPath, curvePath } from '../curve-path';
import { arrow, box, line, words, type Drawing } from '../drawing';

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
