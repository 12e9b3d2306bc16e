/** The block that hangs at the pointer while it is dragged from the palette. */
import { newBlock } from '../../shared/compiler/insert';
import { titleOf } from '../canvas/block-text';
import { useCanvas } from '../canvas/canvas-store';
import { FIRST_PORT, geometryOf } from '../canvas/geometry';
import { BlockIcon } from '../icons/block-icons';
import { definitionOfBlock } from '../state/blocks';

export function PlacingGhost() {
  const placing = useCanvas((state) => state.placing);
  if (!placing) return null;
  const block = newBlock(placing.type, { x: 0, y: 0 });
  const definition = definitionOfBlock(block);
  const { width, height } = geometryOf(block);
  return (
    <div
      className="block placing-ghost"
      style={{
        width,
        height,
        transform: `translate(${placing.at.x - width / 2}px, ${placing.at.y - FIRST_PORT}px)`,
      }}
    >
      <div className="block-head">
        <BlockIcon type={block.type} category={definition?.category} />
        <span className="block-title">{titleOf(block, definition)}</span>
      </div>
    </div>
  );
}
