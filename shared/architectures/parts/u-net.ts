/** Owns the two halves of U-Net: down to small maps, up again with what was seen on the way (Ronneberger et al. 2015). */
import type { Endpoint } from '../../document/document';
import { Sketch, type Exposes, type Part } from '../sketch';

const filters = (id: string) => [id, 'filters'] as const;

/** Two convolutions of 3 × 3 with ReLU. */
function twice(s: Sketch, from: Endpoint, count: number): Endpoint {
  const first = s.add('Conv2D', { filters: count, activation: 'relu' }, from, 'conv1');
  return s.add('Conv2D', { filters: count, activation: 'relu' }, first, 'conv2');
}

const both: Exposes[string] = [filters('conv1'), filters('conv2')];
const padding: Exposes[string] = [['conv1', 'padding'], ['conv2', 'padding']]; // prettier-ignore

function down(): Part {
  const s = new Sketch();
  const map = twice(s, s.takes(), 64);
  s.gives(s.add('MaxPooling2D', {}, map));
  s.gives(map, 'skip');
  return s.part(
    'unet_down',
    'U-Net down',
    'Two convolutions, then half the size; the map before goes on to the way up.',
    {
      filters: both,
      padding,
    },
  );
}

function up(): Part {
  const s = new Sketch();
  const small = s.takes();
  const skip = s.takes('skip');
  const larger = s.add('Conv2DTranspose', { filters: 64, kernel_size: [2, 2], strides: [2, 2] }, small, 'up');
  const cropped = s.add('Cropping2D', {}, skip, 'crop');
  s.gives(twice(s, s.add('Concatenate', {}, [cropped, larger]), 64));
  return s.part(
    'unet_up',
    'U-Net up',
    'Twice the size, put together with the map from the way down, then two convolutions.',
    {
      filters: [...both, filters('up')],
      padding,
      cropping: [['crop', 'cropping']],
    },
  );
}

export const unetDown = down();
export const unetUp = up();
