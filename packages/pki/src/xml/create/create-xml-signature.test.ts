import { describe, expect, it } from 'vitest'
import { algorithmOid, digestOf } from '../../keys/index.ts'
import { codeOfAsync } from '../../test-support/code-of.ts'
import { type Verification, verifySignature } from '../../verify/index.ts'
import { stamp, trustIn } from '../../verify/testing/sample-containers.ts'
import { sampleNow, sampleSigningTime, testPki } from '../../verify/testing/test-pki.ts'
import { gatherXmlSignatures } from '../gather-signatures.ts'
import { createXmlSignature, type XmlSignatureForm } from './create-xml-signature.ts'
import type { XmlProfileName } from './profiles.ts'

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
const octets = (value: string): Uint8Array => new TextEncoder().encode(value)

const document = octets(
  '<?xml version="1.0"?>\r\n<!-- before --><?pi x?><договор xmlns="urn:a" xmlns:b="urn:b" xml:lang="kk">\r\n' +
    '<b:item Id="item" b:n="2" a="1">Шарт &amp; <![CDATA[<x>]]><!-- inside --></b:item></договор><!-- after -->',
)
const element = octets('<act xmlns="urn:act"><sum>100 000 ₸</sum></act>')

const kinds = ['rsa-2048', 'kz-2015-512', 'ru-2012-256', 'ru-2012-512'] as const
const profiles: readonly XmlProfileName[] = ['kz', 'ru', 'ru-exclusive', 'etsi']
const forms: readonly XmlSignatureForm[] = [
  { form: 'enveloped', document },
  { form: 'detached', document, elementId: 'item' },
  { form: 'enveloping', element },
  { form: 'enveloping-octets', octets: octets('Акт № 1'), mimeType: 'text/plain' },
  { form: 'external', octets: octets('Акт № 1'), uri: 'акт.txt' },
]

const signerOf = async (kind: (typeof kinds)[number]) => {
  const pki = await testPki(kind)
  return {
    pki,
    signer: { ...pki.signer, certificates: [pki.authority.certificate.bytes] },
  }
}

const verify = async (
  container: Uint8Array,
  { kind, content }: { kind: (typeof kinds)[number]; content?: Uint8Array },
): Promise<Verification> => {
  const { pki } = await signerOf(kind)
  return verifySignature({
    container,
    ...(content === undefined ? {} : { content }),
    trust: trustIn(pki.root),
    policy: 'etsi-basic',
    now: sampleNow,
  })
}

const contentOf = (form: XmlSignatureForm) =>
  form.form === 'external' ? { content: form.octets } : {}

describe.each(kinds)('a signature made with %s', (kind) => {
  // Every profile and every form with one key, the profile of its country with the others.
  const chosen = profiles.filter((profile) => kind === 'kz-2015-512' || profile === 'ru')
  it.each(chosen.flatMap((profile) => forms.map((form) => [profile, form.form, form] as const)))(
    'in profile %s, %s, verifies',
    async (profile, _name, form) => {
      const { signer } = await signerOf(kind)
      const made = await createXmlSignature({ ...form, profile, signer, id: 's1' })
      const { report } = await verify(made, { kind, ...contentOf(form) })
      expect(report.signatures[0]?.checks.filter(({ result }) => result !== 'passed')).toEqual([])
      expect(report).toMatchObject({
        indication: 'TOTAL-PASSED',
        signatures: [{ format: 'XMLDSig', cryptography: 'valid' }],
      })
    },
  )

  it.each(forms.map((form) => [form.form, form] as const))(
    'as XAdES-B, %s, verifies and says when and what',
    async (_name, form) => {
      const { signer } = await signerOf(kind)
      const made = await createXmlSignature({
        ...form,
        signer,
        id: 's1',
        xades: {
          signingTime: sampleSigningTime,
          mimeType: 'text/xml',
          policy: {
            id: 'urn:oid:1.2.3',
            digestUri: 'http://www.w3.org/2001/04/xmlenc#sha256',
            digest: digestOf(algorithmOid.sha256, octets('policy')),
          },
        },
      })
      const { report } = await verify(made, { kind, ...contentOf(form) })
      expect(report).toMatchObject({
        indication: 'TOTAL-PASSED',
        signatures: [{ format: 'XAdES-B', signingTime: sampleSigningTime.toISOString() }],
      })
      const [fact] = await gatherXmlSignatures(made, contentOf(form))
      expect(fact?.properties?.signed).toMatchObject({
        policyId: 'urn:oid:1.2.3',
        dataObjectFormats: [{ objectReference: '#s1-reference', mimeType: 'text/xml' }],
      })
    },
  )
})

describe('the Kazakh profile', () => {
  it('is written as NCALayer writes it (kz-egov-mobile.md §14)', async () => {
    const { signer } = await signerOf('kz-2015-512')
    const made = text(
      await createXmlSignature({
        form: 'enveloped',
        document: octets('<a/>'),
        profile: 'kz',
        signer: { certificate: signer.certificate, key: signer.key },
      }),
    )
    const base64 = '[A-Za-z0-9+/=\\n]+'
    const urn = 'urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:'
    const c14n = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315'
    expect(made).toMatch(
      new RegExp(
        [
          '^<\\?xml version="1.0" encoding="UTF-8" standalone="no"\\?><a><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#">',
          '<ds:SignedInfo>',
          `<ds:CanonicalizationMethod Algorithm="${c14n}"/>`,
          `<ds:SignatureMethod Algorithm="${urn}gostr34102015-gostr34112015-512"/>`,
          '<ds:Reference URI="">',
          '<ds:Transforms>',
          '<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>',
          `<ds:Transform Algorithm="${c14n}#WithComments"/>`,
          '</ds:Transforms>',
          `<ds:DigestMethod Algorithm="${urn}gostr34112015-512"/>`,
          `<ds:DigestValue>${base64}</ds:DigestValue>`,
          '</ds:Reference>',
          '</ds:SignedInfo>',
          '<ds:SignatureValue>',
          `${base64}`,
          '</ds:SignatureValue>',
          '<ds:KeyInfo>',
          '<ds:X509Data>',
          '<ds:X509Certificate>',
          `${base64}`,
          '</ds:X509Certificate>',
          '</ds:X509Data>',
          '</ds:KeyInfo>',
          '</ds:Signature></a>$',
        ].join('\\n'),
      ),
    )
  })

  it('holds several signatures, each over those before it', async () => {
    const first = await signerOf('kz-2015-512')
    const second = await signerOf('rsa-2048')
    const once = await createXmlSignature({
      form: 'enveloped',
      document,
      profile: 'kz',
      signer: first.signer,
    })
    const twice = await createXmlSignature({
      form: 'enveloped',
      document: once,
      profile: 'kz',
      signer: second.signer,
    })
    const verifyBoth = (container: Uint8Array, content?: Uint8Array) =>
      verifySignature({
        container,
        ...(content === undefined ? {} : { content }),
        trust: trustIn(first.pki.root, second.pki.root),
        policy: 'etsi-basic',
        now: sampleNow,
      })
    const { report } = await verifyBoth(twice, document)
    expect(report.indication).toBe('TOTAL-PASSED')
    expect(report.signatures).toHaveLength(2)
    const damaged = octets(text(twice).replace('Шарт', 'Шорт'))
    expect((await verifyBoth(damaged)).report.signatures).toMatchObject([
      { indication: 'TOTAL-FAILED', subIndication: 'HASH_FAILURE' },
      { indication: 'TOTAL-FAILED', subIndication: 'HASH_FAILURE' },
    ])
    // The value of the first, changed: what the second covers too.
    const value = /<ds:SignatureValue>\n(..)/.exec(text(twice))?.[1] ?? ''
    const broken = octets(
      text(twice).replace(
        `<ds:SignatureValue>\n${value}`,
        `<ds:SignatureValue>\n${value === 'AA' ? 'BB' : 'AA'}`,
      ),
    )
    expect((await verifyBoth(broken)).report.signatures).toMatchObject([
      { indication: 'TOTAL-FAILED', cryptography: 'invalid' },
      { indication: 'TOTAL-FAILED', subIndication: 'HASH_FAILURE' },
    ])
    // Without the second the first is as it was.
    const start = text(twice).lastIndexOf('<ds:Signature ')
    const end = text(twice).lastIndexOf('</ds:Signature>') + '</ds:Signature>'.length
    const alone = octets(text(twice).slice(0, start) + text(twice).slice(end))
    expect((await verifyBoth(alone, document)).report.signatures).toMatchObject([
      { indication: 'TOTAL-PASSED' },
    ])
  })
})

describe('a time-stamp in XAdES', () => {
  it('of the signature value is verified; over something else it fails', async () => {
    const { pki, signer } = await signerOf('rsa-2048')
    const made = text(
      await createXmlSignature({
        form: 'enveloped',
        document,
        signer,
        id: 's1',
        xades: { signingTime: sampleSigningTime },
      }),
    )
    const value = /<ds:SignatureValue>.*?<\/ds:SignatureValue>/s.exec(made)?.[0] ?? ''
    // Exclusive canonical form of the element: its text alone, with the namespace it uses.
    const canonical = value.replace(
      '<ds:SignatureValue>',
      '<ds:SignatureValue xmlns:ds="http://www.w3.org/2000/09/xmldsig#">',
    )
    const stamped = async (data: string): Promise<Uint8Array> => {
      const token = Buffer.from(await stamp(pki.tsa, octets(data))).toString('base64')
      return octets(
        made.replace(
          '</xades:QualifyingProperties>',
          '<xades:UnsignedProperties><xades:UnsignedSignatureProperties><xades:SignatureTimeStamp>' +
            '<ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>' +
            `<xades:EncapsulatedTimeStamp>${token}</xades:EncapsulatedTimeStamp>` +
            '</xades:SignatureTimeStamp></xades:UnsignedSignatureProperties></xades:UnsignedProperties></xades:QualifyingProperties>',
        ),
      )
    }
    const right = await verify(await stamped(canonical), { kind: 'rsa-2048' })
    expect(right.report).toMatchObject({
      indication: 'TOTAL-PASSED',
      signatures: [{ format: 'XAdES-B', timestamps: [{ valid: true }] }],
    })
    const wrong = await verify(await stamped(value), { kind: 'rsa-2048' })
    expect(wrong.report).toMatchObject({
      indication: 'TOTAL-FAILED',
      signatures: [{ timestamps: [{ valid: false }] }],
    })
  })
})

describe('what cannot be signed is refused', () => {
  it('by its code', async () => {
    const { signer, pki } = await signerOf('rsa-2048')
    const codeOfSigning = (input: Partial<Parameters<typeof createXmlSignature>[0]>) =>
      codeOfAsync(
        createXmlSignature({
          form: 'enveloped',
          document,
          signer,
          id: 's1',
          ...input,
        } as Parameters<typeof createXmlSignature>[0]),
      )
    expect(await codeOfSigning({ form: 'detached', elementId: 'none' } as never)).toBe(
      'xml.not-signable',
    )
    expect(
      await codeOfSigning({
        form: 'detached',
        document: octets('<a><b Id="x"/><c id="x"/></a>'),
        elementId: 'x',
      } as never),
    ).toBe('xml.not-signable')
    expect(await codeOfSigning({ id: 'two words' })).toBe('xml.not-signable')
    expect(
      await codeOfSigning({ signer: { certificate: pki.tsa.certificate, key: signer.key } }),
    ).toBe('xml.not-signable')
    expect(await codeOfSigning({ document: octets('<!DOCTYPE a><a/>') } as never)).toBe(
      'xml.doctype',
    )
    expect(await codeOfSigning({ document: octets('<a><b></a>') } as never)).toBe(
      'xml.not-well-formed',
    )
  })
})
