/** Owns what of the Build workspace is folded or laid over the canvas. In a narrow window the inspector is an overlay. */
import { create } from 'zustand';

const NARROW = '(max-width: 1180px)';
const query = typeof window === 'undefined' ? null : window.matchMedia(NARROW);

export interface BuildLayout {
  narrow: boolean;
  /** Only asked for in a narrow window. */
  inspectorOpen: boolean;
  /** The palette over the canvas, opened from its rail. */
  paletteOpen: boolean;
  problemsFolded: boolean;
}

export const useBuildLayout = create<BuildLayout>(() => ({
  narrow: query?.matches ?? false,
  inspectorOpen: false,
  paletteOpen: false,
  problemsFolded: query?.matches ?? false,
}));

query?.addEventListener('change', ({ matches }) =>
  useBuildLayout.setState({
    narrow: matches,
    inspectorOpen: false,
    paletteOpen: false,
    problemsFolded: matches,
  }),
);
