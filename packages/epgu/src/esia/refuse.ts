import type { CodeEntry } from '../codes/code-entry.ts'
import { EpguError } from '../error.ts'
import { esiaCodes, isEsiaCode } from './esia-codes.ts'
import type { EsiaRefusal } from './read-refusal.ts'

/** The error of a refusal, with what to do about this very code. */
export function esiaRefused(
  { esiaCode, said }: EsiaRefusal,
  httpStatus: number,
): EpguError<'esia.refused'> {
  const { action, meaning, advice } = entryOf(esiaCode, httpStatus)

  return new EpguError({
    code: 'esia.refused',
    message: `ESIA gives no token (${esiaCode ?? `HTTP ${httpStatus}`}): ${meaning}.`,
    advice,
    data: { esiaCode, action, httpStatus, said },
  })
}

function entryOf(esiaCode: string | undefined, httpStatus: number): CodeEntry {
  if (esiaCode !== undefined) return isEsiaCode(esiaCode) ? esiaCodes[esiaCode] : unknownCode

  // Test ESIA answers a bare 404 to an API-Key that never was one (spec §1).
  return httpStatus === 404 ? esiaCodes['ESIA-037218'] : unnamed
}

const unknownCode: CodeEntry = {
  action: 'operator',
  meaning: 'a code that is not described for this method',
  advice: 'Look the code up in the guide of ESIA, or write to the support of the operator.',
}

const unnamed: CodeEntry = {
  action: 'operator',
  meaning: 'the answer names no code',
  advice: 'Check the address of ESIA and the contour; then write to the support of the operator.',
}
