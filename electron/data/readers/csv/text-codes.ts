/** Owns the dictionary of a column's texts: each has a code, counted from 1, and is held once. */
import { isMissingNumber, isNotFinite } from './words';

export class TextCodes {
  private readonly codeOf = new Map<string, number>();
  private readonly texts: string[] = [];
  private readonly timesOf: number[] = [];

  /** After `most` different texts the others are told apart no more, only by what they stand for. */
  constructor(private readonly most = Infinity) {}

  get size(): number {
    return this.texts.length;
  }

  /** The code of a text that occurs once more. */
  take(cell: string): number {
    let code = this.codeOf.get(cell);
    if (code === undefined && this.size >= this.most) code = this.codeOf.get(standIn(cell));
    if (code === undefined) {
      const text = this.size >= this.most ? standIn(cell) : cell;
      code = this.texts.push(text);
      this.codeOf.set(text, code);
      this.timesOf.push(0);
    }
    this.timesOf[code - 1] += 1;
    return code;
  }

  text(code: number): string {
    return this.texts[code - 1];
  }

  /** Each with how often it occurs, in the order of the codes. */
  *counted(): Generator<{ text: string; times: number }> {
    for (const [i, text] of this.texts.entries()) yield { text, times: this.timesOf[i] };
  }

  map<T>(of: (text: string) => T): T[] {
    return this.texts.map(of);
  }

  some(holds: (text: string) => boolean): boolean {
    return this.texts.some(holds);
  }
}

const standIn = (cell: string): string => (isMissingNumber(cell) ? '' : isNotFinite(cell) ? 'inf' : '…');
