/** Examine: where the trained network errs. */
export function ExamineWorkspace() {
  return <main data-area="examine" style={{ padding: 24 }}>Nothing trained yet.</main>;
}
