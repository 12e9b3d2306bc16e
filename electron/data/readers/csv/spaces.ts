/** Turns runs of spaces and tabs into single spaces, so that a table of aligned columns can be parsed as CSV. */

export class SpaceCollapser {
  private quoted = false;
  private atStart = true;
  private pending = false;

  /** Chunks may end anywhere. Spaces around a line and inside quotes are left out and kept, respectively. */
  collapse(text: string): string {
    let out = '';
    for (const character of text) {
      if (character === '"') this.quoted = !this.quoted;
      if (!this.quoted && (character === ' ' || character === '\t')) {
        this.pending = !this.atStart;
        continue;
      }
      const isBreak = !this.quoted && (character === '\n' || character === '\r');
      if (this.pending && !isBreak) out += ' ';
      out += character;
      this.pending = false;
      this.atStart = isBreak || (this.atStart && character === '\ufeff');
    }
    return out;
  }
}
