import { selfTest } from '@muhr/gost'
import { type Finding, failure } from './finding.ts'

/** Whether hashes and curves give the published answers on this very machine. */
export function checkArithmetic(): readonly Finding[] {
  try {
    selfTest()

    return [{ check: 'arithmetic', result: 'passed', message: 'GOST gives the published answers.' }]
  } catch (error) {
    return [failure('arithmetic', error)]
  }
}
