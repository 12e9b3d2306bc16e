/** Owns how one sample is shown to a person: a picture as the network sees it, or a row of a table. */
import { z } from 'zod';

export const sampleView = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('picture'),
    width: z.number().int(),
    height: z.number().int(),
    channels: z.number().int(),
    /** base64 of uint8, row-major, channels last. */
    pixels: z.string(),
    /** What the label says, where there is one. */
    label: z.string().optional(),
  }),
  z.object({
    kind: z.literal('row'),
    cells: z.array(z.object({ column: z.string(), text: z.string() })),
    label: z.string().optional(),
    /** In the file, counted from 1. */
    line: z.number().int().optional(),
  }),
]);
export type SampleView = z.infer<typeof sampleView>;
