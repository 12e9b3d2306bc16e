/** Owns the family's list, in the order of the palette: layers that read sequences. */
import { additiveAttention } from './additive-attention';
import { attention } from './attention';
import { bidirectional } from './bidirectional';
import { convLstmBlocks } from './conv-lstm';
import { embedding } from './embedding';
import { groupQueryAttention } from './group-query-attention';
import { gru } from './gru';
import { lstm } from './lstm';
import { masking } from './masking';
import { multiHeadAttention } from './multi-head-attention';
import { positionEmbedding } from './position-embedding';
import { simpleRnn } from './simple-rnn';
import { timeDistributed } from './time-distributed';

export const sequenceBlocks = [
  lstm,
  gru,
  simpleRnn,
  bidirectional,
  ...convLstmBlocks,
  timeDistributed,
  embedding,
  masking,
  positionEmbedding,
  multiHeadAttention,
  groupQueryAttention,
  attention,
  additiveAttention,
];
