/** Collects what is wrong with a table: the first cases one by one, the rest as a count. */
import type { DataProblem } from '../../../../shared/document/facts';

type Severity = DataProblem['severity'];

const SHOWN = 5;

export class ProblemLog {
  private readonly groups = new Map<
    string,
    { code: string; severity: Severity; messages: string[]; count: number }
  >();

  constructor(private readonly source: string) {}

  /** `message` begins after the name of the file. It is only made for the cases that are shown. */
  add(code: string, severity: Severity, message: () => string) {
    const key = `${code} ${severity}`;
    let group = this.groups.get(key);
    if (group === undefined) {
      group = { code, severity, messages: [], count: 0 };
      this.groups.set(key, group);
    }
    group.count += 1;
    if (group.messages.length < SHOWN) group.messages.push(message());
  }

  /** Errors first, then in the order in which they were found. */
  list(): DataProblem[] {
    const order: readonly Severity[] = ['error', 'warning', 'hint'];
    return [...this.groups.values()]
      .sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity))
      .flatMap(({ code, severity, messages, count }) => {
        const shown = messages.map((message) => ({ code, severity, message: `${this.source}${message}` }));
        const rest = count - messages.length;
        if (rest === 0) return shown;
        return [
          ...shown,
          { code, severity, message: `${this.source}: ${rest} more like ${rest === 1 ? 'this' : 'these'}.` },
        ];
      });
  }
}
