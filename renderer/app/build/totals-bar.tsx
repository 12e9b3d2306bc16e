/** The lower edge: what the whole network weighs and costs. */
import { definitionOfBlock, valuesOfBlock } from '../../state/blocks';
import { useCompilation } from '../../state/compilation';
import { useEstimate } from '../../state/estimate';
import { useProject } from '../../state/project-store';
import { estimateText } from '../../training/figures';
import { countText, plural, shortCountText, sizeText } from '../../ui/numbers';

/** Of the first Train block; 1 while there is none. */
function useBatchSize(): number {
  return useProject(({ whole: document }) => {
    const train = Object.values(document.blocks).find(
      (block) => definitionOfBlock(block)?.behaviour.kind === 'train',
    );
    const size = train ? valuesOfBlock(train).batch_size : 1;
    return typeof size === 'number' ? size : 1;
  });
}

export function TotalsBar() {
  const totals = useCompilation((state) => state.totals);
  const batch = useBatchSize();
  const estimate = useEstimate();
  const blocks = useProject((state) => Object.keys(state.document.blocks).length);
  const selected = useProject((state) => state.selection.blocks.length);
  return (
    <footer className="totals num" aria-label="Totals">
      <span>
        <b>{countText(totals.parameters)}</b> weights ({sizeText(totals.parameters * 4)})
      </span>
      {totals.trainableParameters !== totals.parameters && (
        <span>
          <b>{countText(totals.trainableParameters)}</b> of them trained
        </span>
      )}
      <span>
        <b>{shortCountText(totals.multiplyAdds)}</b> multiply-adds per sample
      </span>
      <span>
        <b>{sizeText(totals.activationBytes * batch)}</b> activations at batch {batch}
      </span>
      {totals.optimizerBytes > 0 && (
        <span>
          <b>{sizeText(totals.optimizerBytes)}</b> kept by the optimizer
        </span>
      )}
      {estimate && <span>{estimateText(estimate)}</span>}
      <span className="grow" />
      <span>
        {plural(blocks, 'block')}
        {selected > 0 && `, ${selected} selected`}
      </span>
    </footer>
  );
}
