import { beforeAll, describe, expect, it } from 'vitest'
import { der } from '../asn1/index.ts'
import { writeContainer, writeSignerInfo } from '../cms/testing/write-container.ts'
import type { Certificate } from '../x509/index.ts'
import { createSignatureBudget } from './signature-budget.ts'
import { sampleContent, trustIn } from './testing/sample-containers.ts'
import { issue, sampleNow, type TestPki, testPki } from './testing/test-pki.ts'
import { verifySignature } from './verify-signature.ts'

let pki: TestPki
let namesakes: readonly Certificate[]
beforeAll(async () => {
  pki = await testPki('rsa-2048')
  const made: Certificate[] = []
  for (let count = 0; count < 60; count += 1) {
    const spec = { commonName: 'TEST CA', key: pki.authority.key, ca: {} } as const
    made.push((await issue(spec, pki.authority)).certificate)
  }
  namesakes = made
})

describe('createSignatureBudget', () => {
  it('tries an object with a key once, however many certificates have it', () => {
    const check = createSignatureBudget(2)
    for (const { spki } of namesakes) {
      expect(check(pki.signer.certificate, spki).status).toBe('valid')
    }
    expect(check(pki.authority.certificate, pki.root.key.spki).status).toBe('valid')
    expect(check(pki.root.certificate, pki.root.key.spki)).toEqual({
      status: 'refused',
      code: 'signature.too-many',
    })
    expect(check(pki.signer.certificate, pki.authority.key.spki).status).toBe('valid')
  })
})

describe('a container of many namesakes', () => {
  it('is looked through once, and does not pass for being large', async () => {
    const container = writeContainer([pki.signer], {
      content: der.octets(sampleContent),
      certificates: [
        pki.signer,
        pki.authority,
        ...namesakes.map((certificate) => ({ certificate })),
      ].map(({ certificate }) => certificate.bytes),
      signerInfos: [writeSignerInfo({ identity: pki.signer, signed: sampleContent })],
    })
    const cpu = process.cpuUsage()
    const { report } = await verifySignature({
      container,
      trust: trustIn(pki.root),
      policy: 'etsi-basic',
      now: sampleNow,
    })
    const { user, system } = process.cpuUsage(cpu)
    expect(report.signatures).toHaveLength(1)
    expect((user + system) / 1000).toBeLessThan(2000)
  })
})
