/**
 * Owns what TensorFlow's operations call what they put out, as its op definitions say. Inside a function, references go by
 * these names.
 */
const OPS_BY_OUTPUT: Readonly<Record<string, string>> = {
  output: `All Any ArgMax ArgMin AvgPool AvgPool3D AvgPool3DGrad AvgPoolGrad BatchMatMulV2 BatchToSpaceND BiasAdd BiasAddGrad
    BroadcastTo ConcatV2 Const Conv2D Conv2DBackpropFilter Conv2DBackpropInput Conv3D Conv3DBackpropFilterV2
    Conv3DBackpropInputV2 DepthToSpace DepthwiseConv2dNative DepthwiseConv2dNativeBackpropFilter
    DepthwiseConv2dNativeBackpropInput Dilation2D Einsum ExpandDims Fill GatherNd GatherV2 Identity LRN LRNGrad LinSpace Max
    MaxPool MaxPool3D MaxPool3DGrad MaxPoolGrad Mean Min MirrorPad OneHot Pack PadV2 Prod Range Reshape ResizeBilinearGrad
    ResizeNearestNeighborGrad ResourceGather ReverseV2 ScatterNd Select SelectV2 Slice SpaceToBatchND Split SplitV
    StatelessRandomUniform StridedSlice StridedSliceGrad Sum TensorScatterUpdate Tile UnsortedSegmentSum Unpack`,
  y: `Abs Acos Acosh Asin Asinh Atan Atanh Cast Ceil Cos Cosh DeepCopy Erf Exp Expm1 Floor Inv IsFinite IsInf IsNan Log Log1p
    LogicalNot Neg OnesLike Reciprocal Rint Round Rsqrt Sigmoid Sign Sin Sinh Sqrt Square Tan Tanh Transpose ZerosLike`,
  z: `Add AddV2 Atan2 Div DivNoNan Equal FloorDiv FloorMod Greater GreaterEqual Less LessEqual LogicalAnd LogicalOr Maximum
    Minimum Mul NotEqual Pow RealDiv SigmoidGrad SquaredDifference Sub TanhGrad`,
  activations: 'Elu LeakyRelu Relu Relu6 Selu Softplus Softsign',
  backprops: 'EluGrad LeakyReluGrad ReluGrad',
  out: 'Cumprod Cumsum',
  product: 'MatMul',
  resized_images: 'ResizeBilinear ResizeNearestNeighbor',
  sum: 'AddN',
  r0: 'BroadcastArgs',
  crops: 'CropAndResize',
  filter_backprop: 'Dilation2DBackpropFilter',
  in_backprop: 'Dilation2DBackpropInput',
  value: 'ReadVariableOp',
  softmax: 'Softmax',
  resource: 'VarHandleOp',
  'y batch_mean batch_variance reserve_space_1 reserve_space_2 reserve_space_3': 'FusedBatchNormV3',
  'x_backprop scale_backprop offset_backprop reserve_space_4 reserve_space_5': 'FusedBatchNormGradV3',
  'i cs f o ci co h': 'LSTMBlockCell',
  'cs_prev_grad dicfo wci_grad wcf_grad wco_grad': 'LSTMBlockCellGrad',
  'output value_index': 'Merge',
  'output_false output_true': 'Switch',
  'values indices': 'TopKV2',
};

const NAMES = new Map(
  Object.entries(OPS_BY_OUTPUT).flatMap(([names, ops]) =>
    ops.split(/\s+/).map((op) => [op, names.split(' ')] as const),
  ),
);

/** An output inside a function, without its node: `output:0`. A single name stands for a whole list. Null for an operation that is not known. */
export function outputName(op: string, output: number): string | null {
  const names = NAMES.get(op);
  if (names === undefined) return null;
  return names.length === 1 ? `${names[0]}:${output}` : `${names[output]}:0`;
}
