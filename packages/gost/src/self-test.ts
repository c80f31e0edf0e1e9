import { checkCiphers } from './check-ciphers.ts'
import { checkCurves } from './check-curves.ts'
import { checkHashes } from './check-hashes.ts'
import { type CurveName, curves } from './curves.ts'
import { loadCurve } from './load-curve.ts'

/**
 * Runs every known answer of this room now: hashes, HMAC, ciphers, both sizes of signature, and every curve. Each part
 * also runs by itself at the first use of what it covers; call this at the start of a server, so that
 * a broken build stops there. Costs well under a tenth of a second once and
 * nothing later.
 * @throws Error naming the known answer that does not come out.
 */
export function selfTest(): void {
  checkHashes()
  checkCiphers()
  checkCurves(32)
  checkCurves(64)
  for (const name of Object.keys(curves) as CurveName[]) {
    loadCurve(name, 'verify')
    loadCurve(name, 'sign')
  }
}
