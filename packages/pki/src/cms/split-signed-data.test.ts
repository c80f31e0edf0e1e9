import { beforeAll, describe, expect, it } from 'vitest'
import { toHex } from '../asn1/index.ts'
import { codeOf } from '../test-support/code-of.ts'
import { trustIn } from '../verify/testing/sample-containers.ts'
import { sampleNow, sampleSigningTime, type TestPki, testPki } from '../verify/testing/test-pki.ts'
import { verifySignature } from '../verify/verify-signature.ts'
import { createSignedData } from './create-signed-data.ts'
import { joinSignedData } from './join-signed-data.ts'
import { parseSignedData } from './parse-signed-data.ts'
import { splitSignedData } from './split-signed-data.ts'

const content = new TextEncoder().encode('Договор № 1')

let rsa: TestPki
let gost: TestPki
beforeAll(async () => {
  rsa = await testPki('rsa-2048')
  gost = await testPki('ru-2012-256')
})

const sign = (pki: TestPki, form: 'attached' | 'detached' = 'detached') =>
  createSignedData({
    content,
    form,
    signers: [{ ...pki.signer, signingTime: sampleSigningTime }],
  })

const indicationOf = async (container: Uint8Array): Promise<string> => {
  const { report } = await verifySignature({
    container,
    content,
    trust: trustIn(rsa.root, gost.root),
    stored: { certificates: [rsa, gost].map(({ authority }) => authority.certificate.bytes) },
    policy: 'etsi-basic',
    now: sampleNow,
  })

  return `${report.indication} ${report.signatures.length}`
}

describe('splitSignedData', () => {
  it.each(['attached', 'detached'] as const)(
    'gives each signer of an %s container one of their own, octet for octet, that verifies',
    async (form) => {
      const both = await joinSignedData([await sign(rsa, form), await sign(gost, form)], {
        content,
      })
      const split = splitSignedData(both)
      expect(split.map(({ certificate }) => certificate?.sha256).toSorted()).toEqual(
        [rsa, gost].map(({ signer }) => signer.certificate.sha256).toSorted(),
      )
      expect(split.map(({ signingTime }) => signingTime)).toEqual([
        sampleSigningTime,
        sampleSigningTime,
      ])
      expect(
        split.flatMap(({ container }) =>
          parseSignedData(container).signerInfos.map(({ bytes }) => toHex(bytes)),
        ),
      ).toEqual(parseSignedData(both).signerInfos.map(({ bytes }) => toHex(bytes)))
      for (const { container } of split) {
        expect(await indicationOf(container)).toBe('TOTAL-PASSED 1')
        expect(parseSignedData(container).content).toEqual(parseSignedData(both).content)
      }
    },
  )

  it('keeps the one signer of a container', async () => {
    const one = await sign(gost)
    expect(splitSignedData(one)).toMatchObject([{ signingTime: sampleSigningTime }])
    expect(splitSignedData(one)[0]?.container).toEqual(one)
  })

  it('refuses what is no container', () => {
    expect(codeOf(() => splitSignedData(Uint8Array.of(0x30, 0)))).toMatch(/^(asn1|cms)\./)
  })
})
