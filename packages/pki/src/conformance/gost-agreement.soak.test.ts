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

const turns = Array.from({ length: 200 }, (_, turn) => turn)
const timeoutMs = 3_600_000

describe.skipIf(!hasGostEngine)('agreement with OpenSSL and gost-engine, 200 cases', () => {
  describe.each(gostSets)('$name', (set) => {
    let peer: GostPeer
    beforeAll(() => {
      peer = openGostPeer(set)
    })
    afterAll(() => peer.room.close())

    for (const form of agreementForms) {
      it(
        `${form.name}, both ways`,
        async () => {
          for (const turn of turns) {
            const content = contentOfTurn(turn)
            expect(await verifyTheirs(peer, { form, content }), `turn ${turn}`).toBe('')
            await verifyOurs(peer, { form, content, turn })
          }
        },
        timeoutMs,
      )
    }

    it(
      'time-stamps, both ways',
      async () => {
        for (const turn of turns) {
          const content = contentOfTurn(turn)
          const nonce = BigInt(turn + 1) << 60n
          expect(await verifyTheirTimeStamp(peer, { content, nonce }), `turn ${turn}`).toBe('')
          expect(await verifyOurTimeStamp(peer, { data: content, nonce }), `turn ${turn}`).toBe('')
        }
      },
      timeoutMs,
    )
  })
})
