import { Seal } from '../seal/seal.tsx'
import { type SealState, sealLooks } from '../seal/table.ts'

/** Seal and word of a state, always together. */
export function StatusChip({ state, text }: { readonly state: SealState; readonly text: string }) {
  return (
    <span
      className={`chip tone-${sealLooks[state].tone}`}
      data-testid="status-chip"
      data-state={state}
    >
      <Seal state={state} />
      {text}
    </span>
  )
}
