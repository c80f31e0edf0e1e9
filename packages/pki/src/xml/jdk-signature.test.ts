import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { nodeSigner } from '../test-support/node-key.ts'
import { verifySignature } from '../verify/index.ts'
import { trustIn } from '../verify/testing/sample-containers.ts'
import { issue, sampleNow, sampleSigningTime, testPki } from '../verify/testing/test-pki.ts'
import { algorithmUri } from './algorithms.ts'
import { createXmlSignature } from './create/create-xml-signature.ts'
import type { XmlProfileName } from './create/profiles.ts'
import { hasJdk, withJdk } from './testing/jdk-peer.ts'

const octets = (text: string): Uint8Array => new TextEncoder().encode(text)

const document = octets(
  '<договор xmlns="urn:a" xmlns:b="urn:b" xml:lang="kk">\r\n<b:item Id="item" b:n="2" a="1&#10;">Шарт &amp; <![CDATA[<x>]]>&#13;<?pi x?></b:item><!-- c --></договор>',
)
const alone = octets('<w><b:item xmlns:b="urn:b" Id="item" a="1">Шарт</b:item></w>')

const more = 'http://www.w3.org/2001/04/xmldsig-more#'
const methods = [
  ['rsa', 'rsa-sha256', `${more}rsa-sha256`],
  ['ec', 'ecdsa-sha256', `${more}ecdsa-sha256`],
] as const

const signerOf = async (kind: 'rsa' | 'ec', scheme: 'rsa-sha256' | 'ecdsa-sha256') => {
  const pki = await testPki('rsa-2048')
  const keys =
    kind === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const signer = await issue({ commonName: 'PEER', key: nodeSigner(keys, scheme) }, pki.authority)
  const pkcs8 = new Uint8Array(keys.privateKey.export({ format: 'der', type: 'pkcs8' }))
  return { signer, pkcs8 }
}

// One run of the JDK each way: it takes seconds to start.
describe.skipIf(!hasJdk)('XML signatures and the JDK', () => {
  it('what we sign it verifies, and not when it is changed', async () => {
    const profiles: readonly XmlProfileName[] = ['kz', 'ru', 'ru-exclusive', 'etsi']
    await withJdk(async ({ write, run }) => {
      const commands: string[][] = []
      const expected: string[] = []
      const add = (content: Uint8Array, answer: string): void => {
        const name = `${commands.length}`
        write(name, content)
        commands.push(['verify', name])
        expected.push(answer)
      }
      for (const [kind, scheme] of methods) {
        const { signer } = await signerOf(kind, scheme)
        for (const profile of profiles) {
          const forms = [
            { form: 'enveloped', document },
            { form: 'detached', document, elementId: 'item' },
            { form: 'enveloping', element: document },
            { form: 'enveloping-octets', octets: document },
            { form: 'enveloped', document, xades: { signingTime: sampleSigningTime } },
          ] as const
          for (const form of forms) {
            add(await createXmlSignature({ signer, profile, id: 's', ...form }), 'true')
          }
        }
        const signed = await createXmlSignature({ signer, form: 'enveloped', document })
        add(octets(new TextDecoder().decode(signed).replace('Шарт', 'Шорт')), 'false')
      }
      expect(run(commands)).toEqual(expected)
    })
  })

  it('what it signs we verify, and not when it is changed', async () => {
    const modes = ['enveloped', 'enveloping', 'detached'] as const
    const forms = [
      algorithmUri.c14n10,
      algorithmUri.c14n10WithComments,
      algorithmUri.c14n11,
      algorithmUri.exclusiveC14n,
    ]
    const { root, authority } = await testPki('rsa-2048')
    const verify = (container: Uint8Array) =>
      verifySignature({
        container,
        trust: trustIn(root, authority),
        policy: 'etsi-basic',
        now: sampleNow,
      })
    await withJdk(async ({ write, read, run }) => {
      write('in', document)
      write('alone', alone)
      const commands: string[][] = []
      const outs: string[] = []
      for (const [kind, scheme, method] of methods) {
        const { signer, pkcs8 } = await signerOf(kind, scheme)
        write(`${kind}.key`, pkcs8)
        write(`${kind}.cert`, signer.certificate.bytes)
        for (const mode of modes) {
          for (const [index, form] of forms.entries()) {
            const out = `${kind}-${mode}-${index}`
            const file = mode === 'detached' ? 'alone' : 'in'
            outs.push(out)
            commands.push(['sign', `${kind}.key`, `${kind}.cert`, file, out, mode, form, method])
          }
        }
      }
      expect(run(commands)).toEqual(outs.map(() => 'signed'))
      for (const out of outs) {
        const { report, facts } = await verify(read(out))
        expect(facts.signers[0]?.check, out).toMatchObject({
          signature: 'valid',
          digest: { result: 'match' },
          defects: [],
        })
        const coverage = report.signatures[0]?.checks.find(({ name }) => name === 'coverage')
        expect(coverage?.result, out).toBe('passed')
        const changed = octets(new TextDecoder().decode(read(out)).replace('Шарт', 'Шорт'))
        expect((await verify(changed)).report.subIndication, out).toBe('HASH_FAILURE')
      }
    })
  })
})
