/** The way back out of an opened composite block, over the canvas. */
import { ChevronRight } from 'lucide-react';
import { Fragment } from 'react';
import { plural } from '../ui/numbers';
import { shortcutText } from '../app/commands';
import { openBlocks, openedComposite, useProject, type ProjectState } from '../state/project-store';
import { usesOf } from './composite-actions';

/** The titles of the opened blocks, outermost first. */
function titlesOf({ whole, opened }: Pick<ProjectState, 'whole' | 'opened'>): string[] {
  return opened.map((id, i) => {
    const around = openedComposite({ whole, opened: opened.slice(0, i) });
    const blocks = around === null ? whole.blocks : whole.composites[around].blocks;
    const type = blocks[id]?.type ?? '';
    return blocks[id]?.title || whole.composites[type]?.title || id;
  });
}

export function Breadcrumb() {
  const opened = useProject((state) => state.opened);
  const whole = useProject((state) => state.whole);
  const name = useProject((state) => state.project?.name ?? 'Network');
  if (opened.length === 0) return null;
  const composite = openedComposite({ whole, opened });
  const uses = composite === null ? 0 : usesOf(composite);
  const titles = [name, ...titlesOf({ whole, opened })];
  return (
    <nav className="float breadcrumb" aria-label="Opened block">
      {titles.map((title, i) => (
        <Fragment key={`${i} ${title}`}>
          {i > 0 && <ChevronRight size={12} strokeWidth={1.5} aria-hidden />}
          {i < titles.length - 1 ? (
            <button
              type="button"
              className="toggle"
              title={`Back to ${title}${i === titles.length - 2 ? ` (${shortcutText('close-block')})` : ''}`}
              onClick={() => openBlocks(opened.slice(0, i))}
            >
              {title}
            </button>
          ) : (
            <b aria-current="page">{title}</b>
          )}
        </Fragment>
      ))}
      {uses > 1 && <span className="ink3">{plural(uses, 'block')} will change</span>}
    </nav>
  );
}
