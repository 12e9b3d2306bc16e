/** Owns the order of runs: which train and which wait for their turn. Knows nothing of processes and folders. */
export class RunQueue<Task> {
  private readonly trains: Task[] = [];
  private readonly waits: Task[] = [];

  get training(): readonly Task[] {
    return this.trains;
  }

  /** In the order in which they begin. */
  get waiting(): readonly Task[] {
    return this.waits;
  }

  get all(): readonly Task[] {
    return [...this.trains, ...this.waits];
  }

  add(task: Task): void {
    this.waits.push(task);
  }

  /** Lets the first that waits begin, where fewer than `atOnce` train. */
  begin(atOnce: number): Task | undefined {
    const next = this.trains.length < atOnce ? this.waits.shift() : undefined;
    if (next !== undefined) this.trains.push(next);
    return next;
  }

  /** `place` counts from 0 among those that wait. One that trains stays where it is. */
  move(task: Task, place: number): void {
    if (take(this.waits, task)) this.waits.splice(place, 0, task);
  }

  /** Whether it waited. */
  remove(task: Task): boolean {
    take(this.trains, task);
    return take(this.waits, task);
  }
}

function take<Task>(from: Task[], task: Task): boolean {
  const at = from.indexOf(task);
  if (at >= 0) from.splice(at, 1);
  return at >= 0;
}
