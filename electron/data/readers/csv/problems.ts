/** Collects what is wrong with a table: the first cases one by one, the rest as a count. */
import type { DataProblem } from '../../../../shared/document/facts';

type Severity = DataProblem['severity'];

export const SHOWN = 5;

interface Group {
  code: string;
  severity: Severity;
  messages: string[];
  count: number;
}

export class ProblemLog {
  private readonly groups = new Map<string, Group>();

  constructor(private readonly source: string) {}

  /** `message` begins after the name of the file. It is only made for the cases that are shown. */
  add(code: string, severity: Severity, message: () => string) {
    const group = this.group(code, severity);
    group.count += 1;
    if (group.messages.length < SHOWN) group.messages.push(message());
  }

  /** Cases like those that were added last. */
  addMore(code: string, severity: Severity, count: number) {
    if (count > 0) this.group(code, severity).count += count;
  }

  private group(code: string, severity: Severity): Group {
    const key = `${code} ${severity}`;
    const group = this.groups.get(key) ?? { code, severity, messages: [], count: 0 };
    this.groups.set(key, group);
    return group;
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
