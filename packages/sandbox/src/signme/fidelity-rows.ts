import type { FidelityRow } from '../fidelity.ts'

export const signmeRows: readonly FidelityRow[] = []
