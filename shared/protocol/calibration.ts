/** Owns what is known of how fast a machine computes. Types and validators only. */
import { z } from 'zod';

/** Measured once on a machine, with the engine that trains on it. */
export const rates = z.object({
  /** Multiply-adds a second in a product of two large matrices. */
  products: z.number().positive(),
  /** Multiply-adds a second in a convolution, forward and backward together. */
  convolutions: z.number().positive(),
  /** Bytes a second that an operation value by value reads and writes. */
  bytes: z.number().positive(),
  /** Seconds that an operation takes however little it computes. */
  operation: z.number().positive(),
});
export type Rates = z.infer<typeof rates>;

/** What an engine answers that was asked to measure. */
export const measurement = z.object({
  /** What it computes on. */
  device: z.string(),
  rates,
});
export type Measurement = z.infer<typeof measurement>;

export const calibration = z.object({
  format: z.literal('axonry-calibration'),
  version: z.literal(1),
  /** What was measured: another processor, another engine or another number of cores is measured anew. */
  machine: z.string(),
  /** When. */
  time: z.number(),
  ...measurement.shape,
});
export type Calibration = z.infer<typeof calibration>;
