/** Owns which picture a block's help page has: that of its family, drawn from the block's own numbers. */
import type { AnyBlockDefinition, Values } from '../blocks/block';
import type { Drawing } from './drawing';
import { boxesPicture } from './pictures/boxes';
import { changedPicture } from './pictures/changed-pictures';
import { activationPicture, normalisingPicture } from './pictures/curves';
import { descentPicture } from './pictures/descents';
import { gridPicture } from './pictures/grids';
import { lossPicture } from './pictures/loss-curves';
import { attentionPicture, recurrentPicture } from './pictures/sequences';
import { densePicture, droppingPicture } from './pictures/units';

/** null where nothing says more than what goes in and what comes out. */
function ofFamily(definition: AnyBlockDefinition, values: Values): Drawing | null {
  const { type, category, behaviour } = definition;
  switch (category) {
    case 'Activation':
      return behaviour.kind === 'layer' && behaviour.curve
        ? activationPicture(behaviour.curve(values))
        : null;
    case 'Convolution':
    case 'Pooling':
      return gridPicture(definition, values);
    case 'Sequence':
      if (values.return_sequences !== undefined)
        return recurrentPicture(type === 'Bidirectional' ? 2 : 1, values.return_sequences === true);
      return values.use_causal_mask === undefined ? null : attentionPicture(values.use_causal_mask === true);
    case 'Normalization':
      return values.layer === undefined ? normalisingPicture() : null;
    case 'Regularization':
      return typeof values.rate === 'number'
        ? droppingPicture(values.rate, type.startsWith('Spatial'))
        : null;
    case 'Augmentation':
      return changedPicture(type, values);
    case 'Optimizer':
      return descentPicture(type, definition.title, values);
    case 'Loss':
      return lossPicture(type, values);
    case 'Core':
      return type === 'Dense' ? densePicture(Number(values.units)) : null;
    default:
      return null;
  }
}

export const pictureOf = (definition: AnyBlockDefinition, values: Values): Drawing =>
  ofFamily(definition, values) ?? boxesPicture(definition, values);
