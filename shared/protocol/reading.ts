/** Owns how far it is told to be with data that take longer than a moment to read. */
import { z } from 'zod';

export const readingProgress = z.object({
  /** `Looking through sales.csv`. */
  message: z.string(),
  /** Of what the message names: 0 to 1. */
  share: z.number(),
  /** Absent while it cannot be known. */
  secondsLeft: z.number().optional(),
});
export type ReadingProgress = z.infer<typeof readingProgress>;
