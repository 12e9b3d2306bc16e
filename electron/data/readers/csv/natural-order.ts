/** Sorts names the way people count: 2 before 10. The same on every machine, whatever its language. */

const pieces = (name: string): string[] => name.match(/\d+|\D+/g) ?? [];
const isDigits = (piece: string) => piece.charCodeAt(0) >= 48 && piece.charCodeAt(0) <= 57;
const plain = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

export function naturalOrder(a: string, b: string): number {
  const [left, right] = [Number(a), Number(b)];
  if (a !== '' && b !== '' && !Number.isNaN(left) && !Number.isNaN(right) && left !== right)
    return left - right;
  const [as, bs] = [pieces(a), pieces(b)];
  for (let i = 0; i < Math.min(as.length, bs.length); i++) {
    const difference =
      isDigits(as[i]) && isDigits(bs[i])
        ? Number(as[i]) - Number(bs[i])
        : plain(as[i].toLowerCase(), bs[i].toLowerCase());
    if (difference !== 0) return difference;
  }
  return as.length - bs.length || plain(a, b);
}
