/** Owns the list of composite blocks that come with the application, in the order of the palette. */
import type { Composites } from '../document/document';
import { decoder, encoder } from './parts/autoencoder';
import { convBlock, convUnit, denseStack, squeezeExcite } from './parts/convolution';
import { denseLayer, transition } from './parts/dense-net';
import {
  inceptionA,
  inceptionB,
  inceptionC,
  inceptionModule,
  reductionA,
  reductionB,
} from './parts/inception';
import { invertedProjection, invertedResidual } from './parts/mobile';
import {
  bottleneckIdentity,
  bottleneckProjection,
  residualIdentity,
  residualProjection,
} from './parts/residual';
import { generator } from './parts/generative';
import { transformerEncoder } from './parts/transformer';
import { unetDown, unetUp } from './parts/u-net';
import type { Part } from './sketch';

const parts: readonly Part[] = [
  denseStack,
  convBlock,
  residualIdentity,
  residualProjection,
  bottleneckIdentity,
  bottleneckProjection,
  inceptionModule,
  denseLayer,
  transition,
  squeezeExcite,
  unetDown,
  unetUp,
  encoder,
  decoder,
  transformerEncoder,
  generator,
  invertedResidual,
  invertedProjection,
  convUnit,
  inceptionA,
  reductionA,
  inceptionB,
  reductionB,
  inceptionC,
];

/** By id. A composite stands beside those that it is made of. */
export const library: Composites = Object.fromEntries(parts.map(({ id, composite }) => [id, composite]));
