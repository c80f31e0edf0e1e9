import { algorithmOid, cmsAttributeOid, digestOf, parseSignedData, readDer, toHex } from '@muhr/pki'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { UnattendedSignerKey } from '../signer-key.ts'
import { createOpensslPeer, hasGostEngine, type OpensslPeer } from './openssl-peer.ts'
import { createTestAuthority, type TestAuthority } from './test-organisation.ts'

/** A key under the contract. */
export type ContractSubject = {
  readonly key: UnattendedSignerKey
  readonly certificate: Uint8Array
  /** Files and folders of the adapter that are there now: none may be left. */
  readonly leftovers?: () => readonly string[]
  readonly close?: () => Promise<void>
}

const content = new TextEncoder().encode('Договор № 17\r\n'.repeat(1000))

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < bytes.length; offset += size) {
    yield bytes.slice(offset, offset + size)
  }
}

/** What every way of signing must do, with OpenSSL and gost-engine as the judge. */
export function describeSignerKeyContract(
  name: string,
  open: (world: {
    readonly authority: TestAuthority
    readonly peer: OpensslPeer
  }) => Promise<ContractSubject>,
): void {
  describe.skipIf(!hasGostEngine())(`the contract of signer keys: ${name}`, () => {
    let authority: TestAuthority
    let peer: OpensslPeer
    let subject: ContractSubject
    beforeAll(async () => {
      authority = await createTestAuthority()
      peer = createOpensslPeer()
      subject = await open({ authority, peer })
    })
    afterAll(async () => {
      await subject.close?.()
      expect(subject.leftovers?.() ?? []).toEqual([])
      peer.remove()
    })
    const judge = (cms: Uint8Array, over: Uint8Array): boolean =>
      peer.accepts(cms, { content: over, authority: authority.certificate })

    it('is described by its certificate', () => {
      const { description, attendance } = subject.key
      expect(attendance).toBe('unattended')
      expect(description.certificate).toEqual(subject.certificate)
      expect(description.sha1).toBe(toHex(digestOf(algorithmOid.sha1, subject.certificate)))
      expect(description.sha256).toBe(toHex(digestOf(algorithmOid.sha256, subject.certificate)))
      expect(description).toMatchObject({
        hasOrganisationData: true,
        organisation: 'ООО «TEST Пример»',
        identifiers: { ogrn: '1009900000000', organisationInn: '9900000000' },
      })
      expect(description.subject).toContain('TEST')
    })

    it('makes a detached CAdES-BES in DER that OpenSSL accepts over these bytes and no others', async () => {
      const signingTime = new Date()
      const cms = await subject.key.signDetached(content, { signingTime })
      expect(readDer(cms).bytes).toEqual(cms)
      const data = parseSignedData(cms)
      expect(data.content).toBeUndefined()
      expect(data.certificates).toContainEqual(subject.certificate)
      const types = data.signerInfos[0]?.signedAttributes?.list.map(({ type }) => type)
      expect(types).toEqual(
        expect.arrayContaining([
          cmsAttributeOid.contentType,
          cmsAttributeOid.signingTime,
          cmsAttributeOid.messageDigest,
          cmsAttributeOid.signingCertificateV2,
        ]),
      )
      expect(judge(cms, content)).toBe(true)
      expect(judge(cms, content.slice(1))).toBe(false)
    })

    it('signs what comes in pieces, and what is read at any place, as what lies in memory', async () => {
      const large = new Uint8Array(700_001).map((_, index) => index % 251)
      const asked = { signingTime: new Date() }
      const read = (offset: number, length: number) => large.slice(offset, offset + length)
      for (const source of [inPieces(large, 65_537), { size: large.length, read }]) {
        expect(judge(await subject.key.signDetached(source, asked), large)).toBe(true)
      }
    })

    it('signs several things at the same time', async () => {
      const things = [1, 2, 3].map((each) => new Uint8Array(100).fill(each))
      const asked = { signingTime: new Date() }
      const seals = await Promise.all(things.map((each) => subject.key.signDetached(each, asked)))
      expect(seals.map((cms, index) => judge(cms, things[index] ?? content))).toEqual([
        true,
        true,
        true,
      ])
    })

    const untouched = async function* (): AsyncGenerator<Uint8Array> {
      yield* []
      throw new Error('it was read')
    }
    it.each([
      ['signer-key.not-yet-valid', { signingTime: new Date('2000-01-01') }],
      ['signer-key.expired', { signingTime: new Date('2060-01-01') }],
      [
        'signer-key.revoked',
        { signingTime: new Date(), revocation: { status: 'revoked' as const } },
      ],
      ['signer-key.aborted', { signingTime: new Date(), signal: AbortSignal.abort() }],
    ])('refuses with %s before it reads a byte', async (code, options) => {
      await expect(subject.key.signDetached(untouched(), options)).rejects.toMatchObject({ code })
    })

    it('tells what the source of the bytes threw, and signs nothing', async () => {
      const broken = async function* (): AsyncGenerator<Uint8Array> {
        yield content
        throw new RangeError('the disk is gone')
      }
      await expect(subject.key.signDetached(broken(), { signingTime: new Date() })).rejects.toThrow(
        RangeError,
      )
    })
  })
}
