/** Train: the run that goes on, its curves and what can be done about it. */
export function TrainWorkspace() {
  return <main data-area="train" style={{ padding: 24 }}>Nothing trained yet.</main>;
}
