/** Owns which theme is on. The person's choice is kept in the browser; without one the system's is followed. */
import { create } from 'zustand';

export type Theme = 'dark' | 'light';
const KEY = 'axonry.theme';

const system = window.matchMedia('(prefers-color-scheme: light)');

function remembered(): Theme {
  try {
    const kept = localStorage.getItem(KEY);
    if (kept === 'dark' || kept === 'light') return kept;
  } catch {
    // Storage can be forbidden; then the choice lasts as long as the window.
  }
  return system.matches ? 'light' : 'dark';
}

function show(theme: Theme): void {
  document.documentElement.classList.remove('dark', 'light');
  document.documentElement.classList.add(theme);
}

export const useTheme = create<{ theme: Theme }>(() => ({ theme: remembered() }));
show(useTheme.getState().theme);

function turnTo(theme: Theme): void {
  useTheme.setState({ theme });
  show(theme);
}

system.addEventListener('change', () => turnTo(remembered()));

export function switchTheme(): void {
  const theme = useTheme.getState().theme === 'dark' ? 'light' : 'dark';
  turnTo(theme);
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // See above.
  }
}
