/** Cuts text without quotation marks into records, however the text is cut into chunks. */
import type { Delimiter } from './delimiter';
import { WHITESPACE } from './delimiter';

export class PlainRecords {
  private rest = '';
  private line = 0;
  isTooLong = false;

  constructor(
    private readonly delimiter: Delimiter,
    private readonly longestRow: number,
    private readonly take: (cells: string[], line: number) => void,
  ) {}

  write(chunk: string) {
    const text = this.rest + chunk;
    const breaks = /\r\n?|\n/g;
    let from = 0;
    for (let found = breaks.exec(text); found !== null; found = breaks.exec(text)) {
      // A carriage return at the end may be the first half of a line break.
      if (found[0] === '\r' && breaks.lastIndex === text.length) break;
      this.takeLine(text.slice(from, found.index));
      from = breaks.lastIndex;
    }
    this.rest = text.slice(from);
    if (this.rest.length > this.longestRow) this.isTooLong = true;
  }

  end() {
    this.takeLine(this.rest.replace(/\r$/, ''));
    this.rest = '';
  }

  private takeLine(line: string) {
    this.line += 1;
    const trimmed = line.trim();
    if (this.isTooLong || (trimmed === '' && !line.includes(this.delimiter))) return;
    if (line.length > this.longestRow) this.isTooLong = true;
    else if (this.delimiter === WHITESPACE) this.take(trimmed.split(/[ \t]+/), this.line);
    else
      this.take(
        line.split(this.delimiter).map((cell) => cell.trim()),
        this.line,
      );
  }
}
