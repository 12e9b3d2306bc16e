/** Owns the jump between the areas of the window (F6): every area is an element with `data-area`, in focus order. */

const FOCUSABLE =
  'button:not([disabled]), input:not([disabled]), select, textarea, a[href], [tabindex]:not([tabindex="-1"])';

const areas = (): HTMLElement[] =>
  [...document.querySelectorAll<HTMLElement>('[data-area]')].filter((area) => area.offsetParent !== null);

function enter(area: HTMLElement): boolean {
  const first = area.matches('[tabindex]') ? area : area.querySelector<HTMLElement>(FOCUSABLE);
  (area.querySelector<HTMLElement>('[data-area-entry]') ?? first)?.focus({ preventScroll: true });
  return area.contains(document.activeElement);
}

export function moveToArea(step: 1 | -1): void {
  const all = areas();
  if (all.length === 0) return;
  const here = all.findIndex((area) => area.contains(document.activeElement));
  const from = here === -1 ? (step === 1 ? -1 : 0) : here;
  // An area that has nothing to focus is passed over.
  for (let i = 1; i <= all.length; i++)
    if (enter(all[(from + i * step + i * all.length) % all.length])) return;
}

export function focusArea(name: string): void {
  const area = areas().find((candidate) => candidate.dataset.area === name);
  if (area) enter(area);
}
