import type { DigestibleContent, OctetSource } from '@muhr/pki'
import { expectReady } from './check-readiness.ts'
import { checkSeal } from './check-seal.ts'
import type { SignerKeyDescription } from './describe-signer-key.ts'
import { SignerKeyError } from './error.ts'
import type { UnattendedSignerKey } from './signer-key.ts'

/** What a way of signing gives back, to be held against what was asked for. */
export type RawSeal = {
  readonly container: Uint8Array
  /** The content as it was read, digested by the digest of the key's scheme. */
  readonly content: DigestibleContent
}

/** One way of signing: no more than this, so that none can leave a check out. */
export type SealMaker = (
  content: OctetSource,
  options: { readonly signingTime: Date; readonly signal: AbortSignal | undefined },
) => Promise<RawSeal>

/** How far the clock of a program or a service may be from ours, ms. */
export const foreignClockMs = 10 * 60_000

/**
 * Makes an unattended key out of one way of signing: the key is checked before, the seal after.
 *
 * @param way.clockMs how far the claimed signing time may be from the wanted one, ms; 0 where we write it
 */
export function createUnattendedKey(way: {
  readonly description: SignerKeyDescription
  readonly make: SealMaker
  readonly clockMs?: number
}): UnattendedSignerKey {
  const { description, make, clockMs = 0 } = way

  return {
    attendance: 'unattended',
    description,
    signDetached: async (content, { signingTime, revocation, signal }) => {
      expectReady(description, { at: signingTime, revocation })
      expectGoing(signal)
      const raw = await make(content, { signingTime, signal })
      expectGoing(signal)

      return checkSeal(raw.container, {
        description,
        content: raw.content,
        signingTime: {
          from: new Date(signingTime.getTime() - clockMs),
          to: new Date(signingTime.getTime() + clockMs),
        },
      })
    },
  }
}

/** Throws `signer-key.aborted` when nobody waits for the seal any more. */
export function expectGoing(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) {
    throw new SignerKeyError({
      code: 'signer-key.aborted',
      message: 'The seal is not wanted any more.',
    })
  }
}
