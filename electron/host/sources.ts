/** What the host must know about data blocks: which blocks are sources, and which of their parameters are paths. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { definitionOf, valuesOf } from '../../shared/blocks/catalogue';
import type { Block, BlockId, Document, Json } from '../../shared/document/document';
import type { SourceReference } from '../../shared/protocol/engine';
import { fail, ok, type Result } from '../../shared/result';

type Params = Record<string, Json>;

/** Ids of the blocks that bring data in, in the order of the document. */
export const sourceBlocks = (document: Document): BlockId[] =>
  Object.keys(document.blocks).filter(
    (id) => definitionOf(document.blocks[id].type)?.behaviour.kind === 'source',
  );

function pathParameters(type: string): string[] {
  const definition = definitionOf(type);
  if (!definition) return [];
  return Object.keys(definition.parameters).filter((name) => definition.parameters[name].kind === 'path');
}

/** The files and folders that a data block reads, absolute. */
export const pathsOf = (type: string, params: Params, folder: string): string[] =>
  pathParameters(type)
    .map((name) => params[name])
    .filter((value): value is string => typeof value === 'string' && value !== '')
    .map((value) => path.resolve(folder, value));

/** The source as an engine reads it: the reader and its complete parameters. */
export function sourceReference(type: string, params: Params, folder: string): Result<SourceReference> {
  const definition = definitionOf(type);
  if (definition?.behaviour.kind !== 'source')
    return fail('data/not-a-source', `${type} is not a block that brings data in.`);
  const complete = valuesOf({ type, params });
  const unready = definition.behaviour.unready(complete);
  if (unready !== null) return fail('data/unready', unready);
  return ok({ reader: definition.behaviour.reader, params: complete, folder });
}

async function absoluteWherePresent(block: Block, folder: string): Promise<Block> {
  const params = { ...block.params };
  for (const name of pathParameters(block.type)) {
    const value = params[name];
    if (typeof value !== 'string' || value === '' || path.isAbsolute(value)) continue;
    const absolute = path.resolve(folder, value);
    const present = await fs.stat(absolute).then(
      () => true,
      () => false,
    );
    if (present) params[name] = absolute;
  }
  return { ...block, params };
}

/**
 * The document with paths that no longer depend on where it lies. An untitled copy has no folder, and its first save
 * must not change what its data blocks read. What is not there stays relative: it is looked for where it is saved.
 */
export async function withAbsolutePaths(document: Document, folder: string): Promise<Document> {
  const blocks: Record<BlockId, Block> = {};
  for (const [id, block] of Object.entries(document.blocks))
    blocks[id] = await absoluteWherePresent(block, folder);
  return { ...document, blocks };
}
