import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  createGoskeyWorld,
  type GoskeyWish,
  type GoskeyWorld,
  startTestInstallation,
  type TestInstallation,
} from '../testing/index.ts'

let muhr: TestInstallation
let goskey: GoskeyWorld

/** Of the sandbox: its SNILS, ESIA id, OGRN, accreditation. */
const boris = { snils: '000-000-002 02', esiaOid: '1000930002' }
const ivan = { snils: '000-000-008 08', esiaOid: '1000930008', ogrn: '1009900000043' }
const lev = { rafp: '99900000001', inn: '999900001365' }

beforeAll(async () => {
  muhr = await startTestInstallation()
  goskey = createGoskeyWorld(muhr)
})

afterAll(() => muhr.stop())

beforeEach(() => goskey.begin())

const compat = (isOn: boolean) =>
  goskey.sim.call('PUT', 'switches', {
    snilsWithoutOid: isOn,
    namespacePrefix: isOn,
    comments: isOn,
    freeDocumentId: isOn,
    longExpiration: isOn,
    anyFraction: isOn,
    resultMimePkcs7: isOn,
    oldDownload: isOn,
  })
const profile = (wanted: '1.8' | '1.9') =>
  muhr.sql(`update connections set settings = settings || $1 where provider = 'goskey'`, [
    { profile: wanted },
  ])

/** The state of the signing, and what the portal was asked for: service, and the recipient it found. */
async function outcomeOf(wish: GoskeyWish): Promise<readonly unknown[]> {
  const id = await goskey.sent(wish)
  const isOver = ({ signings }: { signings: readonly { readonly state: string }[] }) =>
    ['signed', 'failed', 'declined'].includes(signings[0]?.state ?? '')
  const { signings } = await goskey.hurryUntil(id, isOver, 6_000)
  const [order] = await goskey.newOrders()

  return [signings[0]?.state, order?.serviceCode, order?.recipient]
}

describe('Services of Goskey under profile 1.9', () => {
  it.each([
    ['UNEP', boris.snils, '10000000374'],
    ['UKEP', boris.snils, '10000000374'],
    ['UKEP_TREASURY', boris.snils, '60080470'],
  ] as const)('%s of a person', async (method, snils, service) => {
    const signed = await outcomeOf({ method, identifiers: { snils } })
    expect(signed).toEqual(['signed', service, 'boris'])
  })

  it('UKEP_LEGAL of the signer of an organisation, by SNILS or by ESIA id', async () => {
    const { snils, esiaOid, ogrn } = ivan
    const wish = { method: 'UKEP_LEGAL' } as const
    expect(await outcomeOf({ ...wish, identifiers: { snils, ogrn } })).toEqual([
      'signed',
      '60025907',
      'ivan',
    ])
    await goskey.begin()
    expect(await outcomeOf({ ...wish, identifiers: { snils, esiaOid, ogrn } })).toEqual([
      'signed',
      '60025907',
      'ivan',
    ])
  })

  it('UKEP_LEGAL of the signer of a foreign organisation, by accreditation and INN', async () => {
    expect(await outcomeOf({ method: 'UKEP_LEGAL', identifiers: lev })).toEqual([
      'signed',
      '60025907',
      'lev',
    ])
  })

  it('a person by ESIA id, proved by the SNILS or the INN; alone it is refused', async () => {
    const { esiaOid, snils } = boris
    const signed = ['signed', '10000000374', 'boris']
    expect(await outcomeOf({ identifiers: { esiaOid, snils } })).toEqual(signed)
    await goskey.begin()
    expect(await outcomeOf({ identifiers: { esiaOid, inn: '999900000555' } })).toEqual(signed)
    await goskey.begin()
    const { body } = await goskey.send({ identifiers: { esiaOid } })
    expect(body.fields?.map(({ code }) => code)).toEqual(['recipient-unprovable'])
    expect(await goskey.newCalls()).toEqual([])
  })

  it('an ESIA id with another SNILS is never signed', async () => {
    const id = await goskey.sent({
      identifiers: { esiaOid: boris.esiaOid, snils: '000-000-011 02' },
    })
    const envelope = await goskey.hurryUntil(
      id,
      ({ signings }) => signings[0]?.requests[0]?.attention?.kind === 'person',
      6_000,
    )
    expect(envelope.state).toBe('sent')
  })
})

describe('Services of Goskey under profile 1.8', () => {
  beforeAll(() => profile('1.8'))
  afterAll(() => profile('1.9'))
  afterEach(() => compat(false))

  it.each(['UNEP', 'UKEP'] as const)(
    '%s by the letter of its XSD: SNILS and OID',
    async (method) => {
      const signed = await outcomeOf({ method, identifiers: boris })
      expect(signed).toEqual(['signed', '10000000374', 'boris'])
    },
  )

  it('SNILS alone, as its table says: taken with the leniences of the live service', async () => {
    await compat(true)
    const signed = await outcomeOf({ identifiers: { snils: boris.snils } })
    expect(signed).toEqual(['signed', '10000000374', 'boris'])
  })

  it('SNILS alone, where the XSD is held: failed by name, and nothing is completed', async () => {
    const failed = await outcomeOf({ identifiers: { snils: boris.snils } })
    expect(failed).toEqual(['failed', '10000000374', null])
  })

  it('organisations have no form with Document: refused before anything leaves', async () => {
    const { body } = await goskey.send({
      method: 'UKEP_LEGAL',
      identifiers: { snils: ivan.snils, ogrn: ivan.ogrn },
    })
    expect(body.fields?.map(({ code }) => code)).toEqual(['profile-not-offered'])
    expect(await goskey.newCalls()).toEqual([])
  })
})
