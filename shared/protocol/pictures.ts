/** Owns the pictures that a network makes after an epoch, as the ledger keeps them and the window draws them. */
import { z } from 'zod';

/** Pictures of one size. */
export const pictureSheet = z.object({
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  channels: z.number().int().positive(),
  /** base64 of uint8: one picture after the other, each row-major, channels last. */
  pixels: z.string(),
});
export type PictureSheet = z.infer<typeof pictureSheet>;

/** The layer whose output is seen. */
const block = z.string();

export const pictures = z.discriminatedUnion('of', [
  /** Made of random numbers, the same ones after each epoch. */
  z.object({
    of: z.literal('noise'),
    block,
    made: pictureSheet,
    /** Pictures of the data, for comparison: as many. */
    real: pictureSheet,
  }),
  /** Made of samples, the same ones after each epoch. */
  z.object({
    of: z.literal('samples'),
    block,
    /** Their rows in the source. */
    rows: z.array(z.number().int()),
    /** What the network is given, where that is not what it is to answer: with noise, or another picture. */
    given: pictureSheet.optional(),
    made: pictureSheet,
    wanted: pictureSheet,
  }),
  /** A code of two numbers: what is made of it everywhere, and where samples lie. */
  z.object({
    of: z.literal('code'),
    block,
    /** Least and greatest value that is shown of each number. */
    axes: z.tuple([z.tuple([z.number(), z.number()]), z.tuple([z.number(), z.number()])]),
    /** Pictures along each axis; they stand row by row from the least second number. */
    side: z.number().int().positive(),
    made: pictureSheet,
    points: z.array(
      z.object({ x: z.number(), y: z.number(), label: z.number().int(), row: z.number().int() }),
    ),
    /** Names of the classes of the samples; one without a name where they have none. */
    labels: z.array(z.string()).min(1),
  }),
]);
export type Pictures = z.infer<typeof pictures>;
export type PicturesOf<K extends Pictures['of']> = Extract<Pictures, { of: K }>;
