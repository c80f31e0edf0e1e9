/**
 * Start-up check of the hashes: published known answers, once, before the first digest is given out.
 * A wrong table, a broken engine optimisation or a damaged bundle must stop here and not in a verdict.
 * @module
 */
import { checkGost94Answers } from './gost94-answers.ts'
import { startHmacStreebog } from './hmac-streebog-core.ts'
import { equalOctets, octetsOfHex } from './octets.ts'
import { startGost94 } from './start-gost94.ts'
import { startStreebog } from './start-streebog.ts'
import { checkStreebogAnswers } from './streebog-answers.ts'
import { type GostBackend, gostBackend } from './wasm/backend.ts'

/** The key of RFC 7836 appendix B, examples 1 and 2: 00 01 … 1f. */
const HMAC_KEY = Uint8Array.from({ length: 32 }, (_, i) => i)
const HMAC_MESSAGE = octetsOfHex('0126bdb87800af214341456563780100')
type KnownAnswer = {
  readonly name: string
  readonly run: () => Uint8Array
  readonly hex: string
}

/** Each names where its figure is published. */
const KNOWN_ANSWERS: readonly KnownAnswer[] = [
  {
    name: 'RFC 7836 B (1), HMAC_GOSTR3411_2012_256',
    run: () => startHmacStreebog(32, HMAC_KEY).update(HMAC_MESSAGE).digest(),
    hex: 'a1aa5f7de402d7b3d323f2991c8d4534013137010a83754fd0af6d7cd4922ed9',
  },
  {
    name: 'RFC 7836 B (2), HMAC_GOSTR3411_2012_512',
    run: () => startHmacStreebog(64, HMAC_KEY).update(HMAC_MESSAGE).digest(),
    hex: 'a59bab22ecae19c65fbde6e5f4e9f5d8549d31f037f9df9b905500e171923a773d5f1530f2ed7e964cb2eedc29e9ad2f3afe93b2814f79f5000ffc0366c251e6',
  },
]

const checked = new Set<GostBackend>()

/**
 * Runs the known answers at the first call on each backend, and does nothing at later ones.
 * @throws Error naming the answer that does not come out; every later call throws again.
 */
export function checkHashes(): void {
  if (checked.has(gostBackend())) return
  // What the engine refuses turns the backend to TypeScript, so instances come before the question.
  startStreebog(32)
  startGost94('d-test')
  const backend = gostBackend()
  if (checked.has(backend)) return
  checkStreebogAnswers(startStreebog)
  checkGost94Answers(startGost94)
  for (const answer of KNOWN_ANSWERS) {
    if (!equalOctets(answer.run(), octetsOfHex(answer.hex))) {
      throw new Error(`self-test failed: ${answer.name}`)
    }
  }
  checked.add(backend)
}
