import { describe, expect, it } from 'vitest'
import { isPkiError } from '../error.ts'
import { type Verification, verifySignature } from '../verify/index.ts'
import { tellingValues } from '../verify/testing/change-octets.ts'
import { trustIn } from '../verify/testing/sample-containers.ts'
import { sampleNow, sampleSigningTime, testPki } from '../verify/testing/test-pki.ts'
import { createXmlSignature } from './create/create-xml-signature.ts'

const { root, authority, signer } = await testPki('ru-2012-256')
const document = new TextEncoder().encode(
  '<act xmlns:b="urn:b" b:n="1"><sum Id="s">100</sum><!-- c --><b:note>ё &amp; x</b:note></act>',
)

const verify = (container: Uint8Array): Promise<Verification> =>
  verifySignature({
    container,
    trust: trustIn(root, authority),
    policy: 'etsi-basic',
    now: sampleNow,
  })

/** All that somebody may rely on. */
const meaningOf = ({ report, facts }: Verification) => ({
  signers: report.signatures.map(({ chain, signingTime, format }) => [chain, signingTime, format]),
  parts: facts.signers.map(({ coverage }) => coverage?.parts),
})

const forms = [
  ['enveloped', { form: 'enveloped', document, profile: 'kz' }],
  [
    'enveloped with properties',
    { form: 'enveloped', document, xades: { signingTime: sampleSigningTime } },
  ],
  ['detached', { form: 'detached', document, elementId: 's', profile: 'ru' }],
] as const

describe('one changed octet of signed XML', () => {
  it.each(forms)('%s: what still passes means the same', async (_name, form) => {
    const original = await createXmlSignature({ signer, id: 'x', ...form })
    const right = await verify(original)
    const passed: number[] = []
    const failed: number[] = []
    for (let position = 0; position < original.length; position += 3) {
      const octet = original[position] ?? 0
      const [value = 0] = [...tellingValues(octet, position)].slice(position % 4)
      const changed = original.with(position, value)
      try {
        const verification = await verify(changed)
        if (verification.report.indication === 'TOTAL-PASSED') {
          expect(meaningOf(verification), `${position} ${value}`).toEqual(meaningOf(right))
          passed.push(position)
        } else {
          failed.push(position)
        }
      } catch (error) {
        expect(isPkiError(error)).toBe(true)
        failed.push(position)
      }
    }
    expect(failed.length).toBeGreaterThan(20 * passed.length)
  })
})
