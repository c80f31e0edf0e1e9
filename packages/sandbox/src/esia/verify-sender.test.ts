import { createSignedData, createSigningKey, parseCertificate } from '@muhr/pki'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createClock } from '../clock.ts'
import { organisationSpecs } from '../pki/russian-profile.ts'
import { makeTestPki } from '../testing/test-pki.ts'
import { verifySender } from './verify-sender.ts'

let made: Awaited<ReturnType<typeof makeTestPki>>
beforeAll(async () => {
  made = await makeTestPki()
})
afterAll(() => made.remove())

it('a clock that is moved in the middle of a check changes nothing', async () => {
  const [spec] = organisationSpecs
  if (spec === undefined) throw new Error('no organisation')
  const { privateKey, certificate } = await made.pki.russianKey(spec)
  const content = Buffer.from('TEST')
  const signature = await createSignedData({
    content,
    form: 'detached',
    signers: [
      {
        key: createSigningKey(privateKey),
        certificate: parseCertificate(certificate),
        signingTime: new Date(),
      },
    ],
  })
  const clock = createClock(() => new Date())
  const moved = {
    ...clock,
    // Every look at this clock finds it an hour later.
    now: () => {
      clock.setOffset(clock.offsetMs() + 3_600_000)

      return clock.now()
    },
  }
  const world = { pki: made.pki, clock: moved }
  expect(await verifySender(world, { signature, content, now: clock.now() })).toMatchObject({
    isGood: true,
    inn: '9999000013',
  })
})
