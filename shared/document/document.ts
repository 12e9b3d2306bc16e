/** Owns the project file: its schema and types. Loading and migrating is load.ts, changing is edits.ts. */
import { z } from 'zod';
import { dataFacts } from './facts';
import './schema-words';

export const FORMAT = 'axonry';
/** The schema version that this application writes. Older ones are migrated, newer ones are refused with a sentence. */
export const SCHEMA_VERSION = 1;

/** Ids name blocks in `--set`, seeds, weights and diagnostics: letters, digits, `_` and `-`, never a dot. */
export const identifier = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
export type BlockId = string;
export type WireId = string;

export const json: z.ZodType<Json> = z.lazy(() =>
  z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(json), z.record(z.string(), json)]),
);
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const point = z.object({ x: z.number(), y: z.number() });
export type Point = z.infer<typeof point>;

export const block = z.object({
  type: z.string().min(1).max(128),
  version: z.number().int().positive(),
  /** A label; empty means the type's own title. */
  title: z.string().max(200),
  /** Only what differs from the defaults of this type and version. */
  params: z.record(z.string(), json),
  position: point,
  /** `bypassed`: its first input goes straight to its first output; `muted`: as if it were not there. */
  mode: z.enum(['bypassed', 'muted']).optional(),
});
export type Block = z.infer<typeof block>;

export const endpoint = z.object({ block: z.string(), port: z.string() });
export type Endpoint = z.infer<typeof endpoint>;
export const wire = z.object({ from: endpoint, to: endpoint });
export type Wire = z.infer<typeof wire>;

export const note = z.object({
  text: z.string().max(20_000),
  position: point,
  width: z.number(),
  height: z.number(),
});
export type Note = z.infer<typeof note>;
export const frame = z.object({
  title: z.string().max(200),
  position: point,
  width: z.number(),
  height: z.number(),
});
export type Frame = z.infer<typeof frame>;

const network = { blocks: z.record(identifier, block), wires: z.record(identifier, wire) };

const target = { block: z.string(), param: z.string() };
/** A parameter inside that shows outside. What is set there goes to `block`, and `times` over to those in `also`. */
export const exposure = z.object({
  ...target,
  also: z.array(z.object({ ...target, times: z.number().positive().optional() })).optional(),
});
export type Exposure = z.infer<typeof exposure>;

/** A block made of blocks: a network of its own, whose `ports` and `exposed` parameters name what shows outside. */
export const composite = z.object({
  ...network,
  title: z.string().max(200),
  /** One sentence for the palette. */
  summary: z.string().max(1000).optional(),
  /** The ends inside that stand for each port: an input takes what arrives, an output gives what leaves. */
  ports: z.object({
    inputs: z.record(identifier, endpoint),
    outputs: z.record(identifier, endpoint),
  }),
  exposed: z.record(identifier, exposure),
});
export type Composite = z.infer<typeof composite>;
export type Composites = Readonly<Record<string, Composite>>;

export const document = z.object({
  format: z.literal(FORMAT),
  schema: z.literal(SCHEMA_VERSION),
  /** The application version that wrote the file. */
  app: z.string(),
  id: z.string().min(8).max(64),
  ...network,
  composites: z.record(identifier, composite),
  notes: z.record(identifier, note),
  frames: z.record(identifier, frame),
  /** What the readers last found behind each data block, so that the network compiles while the data are away. */
  facts: z.record(identifier, dataFacts),
  view: z.object({ x: z.number(), y: z.number(), zoom: z.number().positive() }),
});
export type Document = z.infer<typeof document>;

export function emptyDocument(id: string, app: string): Document {
  return {
    format: FORMAT,
    schema: SCHEMA_VERSION,
    app,
    id,
    blocks: {},
    wires: {},
    composites: {},
    notes: {},
    frames: {},
    facts: {},
    view: { x: 0, y: 0, zoom: 1 },
  };
}
