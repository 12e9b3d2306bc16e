/** Owns the marks that are told apart without colour: the shape of each port kind and of each severity. */
import type { PortKind } from '../../shared/blocks/block';
import type { Severity } from '../../shared/compiler/diagnostic';

/** Shown at high zoom, in the inspector and to a screen reader. */
export const KIND_LETTERS: Readonly<Record<PortKind, string>> = {
  tensor: 'T',
  dataset: 'D',
  loss: 'L',
  optimizer: 'O',
  metric: 'M',
};

function KindShape({ kind }: { kind: PortKind }) {
  switch (kind) {
    case 'tensor':
      return <circle cx="6" cy="6" r="5" />;
    case 'dataset':
      return <rect x="1.3" y="1.3" width="9.4" height="9.4" rx="1" />;
    case 'loss':
      return <path d="M.2 1.600h11.600L6 11.600z" />;
    case 'optimizer':
      return <path d="M6 .2l5.2 2.900v5.800L6 11.8.8 8.900V3.100z" />;
    case 'metric':
      return <path d="M6 0l6 6-6 6-6-6z" />;
  }
}

export function PortMark({ kind, open = false }: { kind: PortKind; open?: boolean }) {
  return (
    <svg
      className="port-mark"
      data-kind={kind}
      data-open={open || undefined}
      width="12"
      height="12"
      viewBox="0 0 12 12"
      aria-hidden="true"
    >
      <KindShape kind={kind} />
    </svg>
  );
}

export const SEVERITY_NAMES: Readonly<Record<Severity, string>> = {
  error: 'Error',
  warning: 'Warning',
  hint: 'Hint',
};

/** Octagon, triangle or circle, each with its sign. `ground` is the colour that the sign is cut out in. */
export function SeverityMark({
  severity,
  size = 14,
  ground = 'var(--panel)',
}: {
  severity: Severity;
  size?: number;
  ground?: string;
}) {
  const sign = { stroke: ground, strokeWidth: 2, strokeLinecap: 'round' } as const;
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" role="img" aria-label={SEVERITY_NAMES[severity]}>
      {severity === 'error' && (
        <>
          <path d="M6.3 1h7.400L19 6.300v7.400L13.7 19H6.300L1 13.700V6.300z" fill="var(--error)" />
          <path d="M10 5.400v5.400M10 14v.1" {...sign} />
        </>
      )}
      {severity === 'warning' && (
        <>
          <path d="M10 1.5 19 18H1z" fill="var(--warn)" />
          <path d="M10 7.500v4.300M10 14.800v.1" {...sign} />
        </>
      )}
      {severity === 'hint' && (
        <>
          <circle cx="10" cy="10" r="8.5" fill="var(--edge)" />
          <path d="M10 9.500v4.500M10 6v.1" {...sign} />
        </>
      )}
    </svg>
  );
}
