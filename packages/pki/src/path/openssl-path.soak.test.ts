import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasGostEngine, withPeer } from '../test-support/openssl-peer.ts'
import { gostPeerKeys } from '../test-support/peer-keys.ts'
import {
  expectedVerdict,
  judgeOursByPeer,
  judgePeersByUs,
  peerCase,
} from '../test-support/random-peer-case.ts'

const many = { numRuns: 200 } as const

describe.skipIf(!hasGostEngine)('200 random paths with lists and OCSP, both ways', () => {
  it.each(['ru-2012-256', 'ru-2012-512'] as const)('gost-engine judges ours: %s', async (kind) => {
    await fc.assert(
      fc.asyncProperty(peerCase, (drawn) =>
        withPeer(async (peer) => {
          const now = new Date()
          expect(await judgeOursByPeer(kind, { drawn, peer, now })).toEqual(expectedVerdict(drawn))
        }),
      ),
      many,
    )
  })

  it.each(gostPeerKeys.map((key) => [key.name, key] as const))(
    'we judge those of gost-engine: %s',
    async (_name, key) => {
      await fc.assert(
        fc.asyncProperty(peerCase, (drawn) =>
          withPeer(async (peer) => {
            const now = new Date()
            expect(await judgePeersByUs(key, { drawn, peer, now })).toEqual(expectedVerdict(drawn))
          }),
        ),
        many,
      )
    },
  )
})
