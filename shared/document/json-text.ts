/**
 * Finds where a text stops being JSON. `JSON.parse` tells the place in some engines only, and says nothing of depth:
 * a file of a million brackets must not overflow the stack of what reads it next.
 */

export interface JsonFault {
  /** Counted from 1. */
  line: number;
  reason: string;
}

const SPACE = /[ \t\r\n]*/y;
const SCALAR =
  /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y; // eslint-disable-line no-control-regex
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y; // eslint-disable-line no-control-regex

type Expect = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or close';

/** The first fault of a text, or null where it is JSON of at most `maxDepth` nested lists and objects. */
export function findJsonFault(text: string, maxDepth: number): JsonFault | null {
  const open: ('[' | '{')[] = [];
  let at = 0;
  let expect: Expect = 'value';
  const lineAt = (position: number) => text.slice(0, position).split('\n').length;
  const fault = (reason: string): JsonFault => ({ line: lineAt(Math.min(at, text.length)), reason });
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) at += match[0].length;
    return match !== null;
  };
  for (;;) {
    take(SPACE);
    const isDone = expect === ', or close' && open.length === 0;
    if (at >= text.length) return isDone ? null : fault('the text ends too early');
    if (isDone) return fault('there is text after the end');
    const char = text[at];
    switch (expect) {
      case 'value or ]':
      case 'value':
        if (char === ']' && expect === 'value or ]') {
          open.pop();
          at += 1;
          expect = ', or close';
        } else if (char === '[' || char === '{') {
          if (open.length >= maxDepth) return fault(`it is nested more than ${maxDepth} levels deep`);
          open.push(char);
          at += 1;
          expect = char === '[' ? 'value or ]' : 'key or }';
        } else {
          if (!take(SCALAR)) return fault(`${JSON.stringify(char)} stands where a value should be`);
          expect = ', or close';
        }
        break;
      case 'key or }':
      case 'key':
        if (char === '}' && expect === 'key or }') {
          open.pop();
          at += 1;
          expect = ', or close';
        } else {
          if (!take(STRING)) return fault(`${JSON.stringify(char)} stands where a name in quotes should be`);
          expect = ':';
        }
        break;
      case ':':
        if (char !== ':') return fault(`${JSON.stringify(char)} stands where a colon should be`);
        at += 1;
        expect = 'value';
        break;
      case ', or close': {
        const inside = open[open.length - 1];
        if (char === ',') expect = inside === '[' ? 'value' : 'key';
        else if (char === (inside === '[' ? ']' : '}')) open.pop();
        else
          return fault(
            `${JSON.stringify(char)} stands where a comma or the end of the ${inside === '[' ? 'list' : 'object'} should be`,
          );
        at += 1;
        break;
      }
    }
  }
}
