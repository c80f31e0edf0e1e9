import { beforeAll, describe, expect, it } from 'vitest'
import { verifySignature } from '../verify/index.ts'
import { trustIn } from '../verify/testing/sample-containers.ts'
import { sampleNow, type TestPki, testPki } from '../verify/testing/test-pki.ts'
import { createXmlSignature } from './index.ts'

let pki: TestPki
beforeAll(async () => {
  pki = await testPki('rsa-2048')
})

const verify = async (text: string) => {
  const { report } = await verifySignature({
    container: new TextEncoder().encode(text),
    trust: trustIn(pki.root, pki.authority),
    policy: 'etsi-basic',
    now: sampleNow,
  })
  return report
}

describe('a document with processing instructions', () => {
  const signed = async (): Promise<string> =>
    new TextDecoder().decode(
      await createXmlSignature({
        form: 'enveloped',
        document: new TextEncoder().encode(
          '<contract><?style a?><sum>100</sum>text<?style b?></contract>',
        ),
        signer: pki.signer,
        profile: 'ru',
      }),
    )

  it('is read to its end, and passes', async () => {
    expect(await verify(await signed())).toMatchObject({ indication: 'TOTAL-PASSED' })
  })

  it('has every one of them signed', async () => {
    const text = await signed()
    for (const changed of [
      text.replace('<?style a?>', '<?style c?>'),
      text.replace('<?style b?>', ''),
      text.replace('<sum>', '<?style?><sum>'),
    ]) {
      expect(await verify(changed)).toMatchObject({
        indication: 'TOTAL-FAILED',
        subIndication: 'HASH_FAILURE',
      })
    }
  })

  it('may not hide one inside a value of the signature', async () => {
    const text = await signed()
    const changed = text.replace(/(<ds:X509Certificate>.{20})/s, '$1<?x?>')
    expect(changed).not.toBe(text)
    expect(await verify(changed)).toMatchObject({ indication: 'TOTAL-FAILED' })
  })
})
