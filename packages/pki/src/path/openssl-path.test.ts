import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasGostEngine, hasOpenssl, withPeer } from '../test-support/openssl-peer.ts'
import { gostPeerKeys, plainPeerKeys } from '../test-support/peer-keys.ts'
import {
  expectedVerdict,
  judgeOursByPeer,
  judgePeersByUs,
  type PeerKey,
  peerCase,
} from '../test-support/random-peer-case.ts'

const few = { numRuns: 2 } as const

describe('OpenSSL judges what we make: path, lists, OCSP', () => {
  it.skipIf(!hasGostEngine).each(['ru-2012-256', 'ru-2012-512'] as const)('%s', async (kind) => {
    await fc.assert(
      fc.asyncProperty(peerCase, (drawn) =>
        withPeer(async (peer) => {
          const now = new Date()
          expect(await judgeOursByPeer(kind, { drawn, peer, now })).toEqual(expectedVerdict(drawn))
        }),
      ),
      few,
    )
  })
})

const judgeTheirs = (key: PeerKey, { numRuns }: { readonly numRuns: number }): Promise<void> =>
  fc.assert(
    fc.asyncProperty(peerCase, (drawn) =>
      withPeer(async (peer) => {
        const now = new Date()
        expect(await judgePeersByUs(key, { drawn, peer, now })).toEqual(expectedVerdict(drawn))
      }),
    ),
    { numRuns },
  )

describe('we judge what OpenSSL makes: path, lists, OCSP', () => {
  it.skipIf(!hasGostEngine).each(gostPeerKeys.map((key) => [key.name, key] as const))(
    '%s',
    (_name, key) => judgeTheirs(key, few),
  )

  it.skipIf(!hasOpenssl).each(plainPeerKeys.map((key) => [key.name, key] as const))(
    '%s',
    (_name, key) => judgeTheirs(key, { numRuns: 1 }),
  )
})
