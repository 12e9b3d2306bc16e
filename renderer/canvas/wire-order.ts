/** Owns the order in which the keyboard visits blocks: along the wires, and from left to right where they leave a choice. */
import type { Document } from '../../shared/document/document';

/** Every block once; blocks in a cycle come last, from left to right. */
export function inWireOrder({ blocks, wires }: Document): string[] {
  const waiting = new Map(Object.keys(blocks).map((id) => [id, 0]));
  const next = new Map<string, string[]>();
  for (const { from, to } of Object.values(wires)) {
    if (!waiting.has(from.block) || !waiting.has(to.block)) continue;
    waiting.set(to.block, (waiting.get(to.block) ?? 0) + 1);
    next.set(from.block, [...(next.get(from.block) ?? []), to.block]);
  }
  const leftFirst = (a: string, b: string) =>
    blocks[a].position.x - blocks[b].position.x ||
    blocks[a].position.y - blocks[b].position.y ||
    (a < b ? -1 : 1);
  const ready = [...waiting].filter(([, count]) => count === 0).map(([id]) => id);
  const order: string[] = [];
  const seen = new Set<string>();
  while (ready.length > 0) {
    ready.sort(leftFirst);
    const id = ready.shift();
    if (id === undefined) break;
    order.push(id);
    seen.add(id);
    for (const follower of next.get(id) ?? []) {
      const left = (waiting.get(follower) ?? 1) - 1;
      waiting.set(follower, left);
      if (left === 0) ready.push(follower);
    }
  }
  return [
    ...order,
    ...Object.keys(blocks)
      .filter((id) => !seen.has(id))
      .sort(leftFirst),
  ];
}
