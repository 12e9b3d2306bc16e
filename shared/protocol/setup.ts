/** What the window and the command line are told while the native engine is looked for, prepared and examined. Types and validators only. */
import { z } from 'zod';

/** How a native folder came to be: taken from the official files, built on this computer, or found without a stamp and tried. */
export const nativeWaySchema = z.enum(['official', 'build', 'found']);
export type NativeWay = z.infer<typeof nativeWaySchema>;

export const nativeFileSchema = z.object({
  /** Relative to the native folder, with forward slashes. */
  file: z.string(),
  bytes: z.number().int().nonnegative(),
  /** Absent for a link to another file of the folder. */
  sha256: z.string().optional(),
});
export type NativeFile = z.infer<typeof nativeFileSchema>;

/** A complete native folder: the add-on and the TensorFlow library that it loads. */
export const nativeFolderSchema = z.object({
  path: z.string(),
  /** Absolute path of the add-on. */
  binding: z.string(),
  way: nativeWaySchema,
  tfjs: z.string(),
  tensorflow: z.string(),
  files: z.array(nativeFileSchema),
});
export type NativeFolder = z.infer<typeof nativeFolderSchema>;

export const setupProgressSchema = z.object({
  stage: z.enum(['look', 'wait', 'download', 'unpack', 'compile', 'check', 'done']),
  /** Plain words for the person who waits. */
  message: z.string(),
  /** Bytes so far and in all, where they are known. */
  done: z.number().nonnegative().optional(),
  total: z.number().positive().optional(),
});
export type SetupProgress = z.infer<typeof setupProgressSchema>;

export const doctorCheckSchema = z.object({
  name: z.string(),
  state: z.enum(['good', 'missing', 'mended', 'bad']),
  message: z.string(),
  /** What the person can do about it. */
  mend: z.string().optional(),
});
export type DoctorCheck = z.infer<typeof doctorCheckSchema>;

export const doctorReportSchema = z.object({
  /** Whether networks can be trained natively on this computer now. */
  ready: z.boolean(),
  checks: z.array(doctorCheckSchema),
});
export type DoctorReport = z.infer<typeof doctorReportSchema>;
