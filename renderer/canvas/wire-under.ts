/** Finds the wire under a point of the window. */

export function wireUnder(x: number, y: number, except: string): string | null {
  for (const element of document.elementsFromPoint(x, y)) {
    if (element.closest('.react-flow__node')?.getAttribute('data-id') === except) continue;
    const wire = element.closest('.react-flow__edge');
    if (wire) return wire.getAttribute('data-id');
  }
  return null;
}
