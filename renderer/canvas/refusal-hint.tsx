/** The reason why a wire cannot end at the port under the pointer, at the pointer. */
import { useConnection } from 'reactflow';
import { useEffect, useRef } from 'react';
import { portKey, useCanvas } from './canvas-store';

function useFollowPointer() {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const follow = (event: PointerEvent | MouseEvent) => {
      if (element.current)
        element.current.style.transform = `translate(${event.clientX + 16}px, ${event.clientY + 12}px)`;
    };
    window.addEventListener('mousemove', follow);
    return () => window.removeEventListener('mousemove', follow);
  }, []);
  return element;
}

export function RefusalHint() {
  const over = useConnection((connection) =>
    connection.inProgress && connection.toHandle
      ? portKey(
          { block: connection.toHandle.nodeId, port: connection.toHandle.id ?? '' },
          connection.toHandle.type === 'target' ? 'input' : 'output',
        )
      : null,
  );
  const reason = useCanvas((state) => (over ? state.drawing?.answers.get(over) : null));
  const element = useFollowPointer();
  return (
    <div ref={element} className="refusal" role="status" aria-live="assertive" hidden={!reason}>
      {reason}
    </div>
  );
}
