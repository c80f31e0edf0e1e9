import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasGostEngine } from '../verify/testing/openssl.ts'
import {
  agreementForms,
  contentOfTurn,
  type GostPeer,
  gostSets,
  openGostPeer,
  verifyOurs,
  verifyOurTimeStamp,
  verifyTheirs,
  verifyTheirTimeStamp,
} from './testing/gost-agreement.ts'

/** The soak run has two hundred of each. */
const turns = [0, 1, 2, 5]

describe.skipIf(!hasGostEngine)('agreement with OpenSSL and gost-engine', () => {
  describe.each(gostSets)('$name', (set) => {
    let peer: GostPeer
    beforeAll(() => {
      peer = openGostPeer(set)
    })
    afterAll(() => peer.room.close())

    it.each(agreementForms)('$name: what it signs we verify, and the reverse', async (form) => {
      for (const turn of turns) {
        const content = contentOfTurn(turn)
        expect(await verifyTheirs(peer, { form, content })).toBe('')
        await verifyOurs(peer, { form, content, turn })
      }
    })

    it('time-stamps: what its TSA stamps we verify, and the reverse', async () => {
      for (const turn of turns) {
        const content = contentOfTurn(turn)
        const nonce = BigInt(turn + 1) << 60n
        expect(await verifyTheirTimeStamp(peer, { content, nonce })).toBe('')
        expect(await verifyOurTimeStamp(peer, { data: content, nonce })).toBe('')
      }
    })
  })
})
