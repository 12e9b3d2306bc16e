/**
 * Owns the time that each block takes in a step that is computed operation by operation: forward between one block and the
 * next, backward in the gradient functions of the operations that the block had written on the tape.
 */
import { performance } from 'node:perf_hooks';
import { tf } from '../tensorflow';

type Tape = ReturnType<typeof tf.engine>['state']['activeTape'];

export class LayerClock {
  readonly forward = new Map<string, number>();
  readonly backward = new Map<string, number>();
  private last = performance.now();
  private written = 0;

  /** Right before the first block. */
  begin(): void {
    this.last = performance.now();
    this.written = this.tape.length;
  }

  /** A block has been computed. */
  readonly computed = (block: string): void => {
    const now = performance.now();
    this.forward.set(block, now - this.last);
    for (const node of this.tape.slice(this.written)) this.follow(node, block);
    this.written = this.tape.length;
    this.last = performance.now();
  };

  /** No tape where nothing is trained. */
  private get tape(): Tape {
    return tf.engine().state.activeTape ?? [];
  }

  private follow(node: Tape[number], block: string): void {
    const { gradient } = node;
    if (gradient === undefined) return;
    const timed = <T>(work: () => T): T => {
      const began = performance.now();
      const done = work();
      this.backward.set(block, (this.backward.get(block) ?? 0) + performance.now() - began);
      return done;
    };
    node.gradient = (dys) =>
      Object.fromEntries(
        Object.entries(timed(() => gradient(dys))).map(([name, make]) => [name, () => timed(make)]),
      );
  }
}
