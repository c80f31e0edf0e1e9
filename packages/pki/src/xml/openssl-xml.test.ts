import { describe, expect, it } from 'vitest'
import { writePem } from '../asn1/index.ts'
import { createSigningKey, generateKey } from '../keys/index.ts'
import { hasGostEngine, withPeer } from '../test-support/openssl-peer.ts'
import { verifySignature } from '../verify/index.ts'
import { trustIn } from '../verify/testing/sample-containers.ts'
import { issue, sampleNow, sampleSigningTime, testPki } from '../verify/testing/test-pki.ts'
import { createXmlSignature } from './create/create-xml-signature.ts'
import { gatherXmlSignatures } from './gather-signatures.ts'

const document = new TextEncoder().encode('<договор><sum>100</sum>\r\n<!-- c --></договор>')

/** Digest by gost-engine, and the size of the signature. */
const kinds = [
  ['ru-2012-256', 'md_gost12_256'],
  ['ru-2012-512', 'md_gost12_512'],
] as const

describe.skipIf(!hasGostEngine)('Russian XML signatures and gost-engine', () => {
  it.each(kinds)(
    '%s: it verifies the value over the canonical SignedInfo, and the digests',
    async (kind, digest) => {
      const { signer } = await testPki(kind)
      const made = await createXmlSignature({
        form: 'enveloped',
        document,
        profile: 'ru',
        signer,
        id: 's',
        xades: { signingTime: sampleSigningTime },
      })
      const [fact] = await gatherXmlSignatures(made)
      await withPeer(({ run, write, read }) => {
        write('cert.pem', writePem('CERTIFICATE', signer.certificate.bytes))
        write('info', fact?.signedInfo ?? '')
        write('value', fact?.signatureValue ?? '')
        const key = run('x509', '-in', 'cert.pem', '-pubkey', '-noout')
        write('key.pem', key.stdout)
        const check = (data: string) =>
          run('dgst', `-${digest}`, '-verify', 'key.pem', '-signature', 'value', data)
        expect(check('info').text).toContain('Verified OK')
        write('other', `${new TextDecoder().decode(read('info'))} `)
        expect(check('other').text).toContain('Verification failure')
        for (const { octets, computed } of fact?.references ?? []) {
          write('part', octets ?? '')
          expect(run('dgst', `-${digest}`, '-binary', 'part').stdout).toEqual(computed)
        }
      })
    },
  )

  it.each(kinds)('%s: we verify a document whose value it made', async (kind, digest) => {
    const { root, authority } = await testPki(kind)
    const pkcs8 = generateKey(kind)
    const key = createSigningKey(pkcs8)
    const { certificate } = await issue({ commonName: 'PEER', key }, authority)
    const made = await withPeer(({ run, write }) => {
      write('key.pem', writePem('PRIVATE KEY', pkcs8))
      const sign = (data: Uint8Array): Uint8Array => {
        write('info', data)
        return run('dgst', `-${digest}`, '-sign', 'key.pem', 'info').stdout
      }
      return createXmlSignature({
        form: 'enveloped',
        document,
        profile: 'ru-exclusive',
        signer: { certificate, key: { ...key, sign } },
      })
    })
    const { report } = await verifySignature({
      container: made,
      trust: trustIn(root, authority),
      policy: 'etsi-basic',
      now: sampleNow,
    })
    expect(report).toMatchObject({
      indication: 'TOTAL-PASSED',
      signatures: [{ country: 'RU', cryptography: 'valid' }],
    })
  })
})
