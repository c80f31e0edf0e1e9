import { generateKeyPairSync, verify as nodeVerify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { digestOf } from '../keys/index.ts'
import { nodeSigner } from '../test-support/node-key.ts'
import { type Verification, verifySignature } from '../verify/index.ts'
import { trustIn } from '../verify/testing/sample-containers.ts'
import { issue, sampleNow, sampleSigningTime, testPki } from '../verify/testing/test-pki.ts'
import { algorithmUri, digestUriOf } from './algorithms.ts'
import { createXmlSignature } from './create/create-xml-signature.ts'
import { gatherXmlSignatures } from './gather-signatures.ts'
import { namespace, referenceType } from './namespaces.ts'
import { writeBase64 } from './read-base64.ts'
import {
  envelopedTransforms,
  signatureTemplate,
  signTemplate,
  transformText,
} from './testing/sign-template.ts'

const octets = (text: string): Uint8Array => new TextEncoder().encode(text)
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
const kind = 'kz-2015-512'

const verify = async (
  container: string | Uint8Array,
  more: Partial<Parameters<typeof verifySignature>[0]> = {},
): Promise<Verification> => {
  const pki = await testPki(kind)
  return verifySignature({
    container: typeof container === 'string' ? octets(container) : container,
    trust: trustIn(pki.root, pki.authority),
    policy: 'etsi-basic',
    now: sampleNow,
    ...more,
  })
}

const detailOf = ({ report }: Verification, name: string): string | undefined =>
  report.signatures[0]?.checks.find((check) => check.name === name)?.detail

const document = octets('<contract><sum Id="s">100</sum></contract>')
const xades = { signingTime: sampleSigningTime }

describe('what a signature covers', () => {
  it('is given as the octets that were verified and their path', async () => {
    const { signer } = await testPki(kind)
    const made = await createXmlSignature({ form: 'detached', document, elementId: 's', signer })
    const { facts, report } = await verify(made)
    expect(report.indication).toBe('TOTAL-PASSED')
    const coverage = facts.signers[0]?.coverage
    expect(coverage).toMatchObject({ covers: ['/contract/sum'], uncovered: undefined })
    expect(coverage?.parts.map(({ path, octets: part }) => [path, text(part)])).toEqual([
      ['/contract/sum', '<sum Id="s">100</sum>'],
    ])
  })

  it('of several signatures, one bad shows', async () => {
    const { signer, ocsp } = await testPki(kind)
    const one = await createXmlSignature({ form: 'enveloped', document, profile: 'kz', signer })
    const two = text(
      await createXmlSignature({ form: 'enveloped', document: one, profile: 'kz', signer: ocsp }),
    )
    const at = two.lastIndexOf('<ds:SignatureValue>\n') + '<ds:SignatureValue>\n'.length
    const broken = `${two.slice(0, at)}${two[at] === 'A' ? 'B' : 'A'}${two.slice(at + 1)}`
    const { report } = await verify(broken)
    expect(report.indication).toBe('TOTAL-FAILED')
    expect(
      report.signatures.map(({ indication, cryptography }) => [indication, cryptography]),
    ).toEqual([
      ['TOTAL-PASSED', 'valid'],
      ['TOTAL-FAILED', 'invalid'],
    ])
  })

  it('a Manifest beside the document is told of and not counted', async () => {
    const { signer: identity } = await testPki(kind)
    const manifest = `<ds:Object><ds:Manifest Id="m"><ds:Reference URI="http://example.org/x"><ds:DigestMethod Algorithm="${digestUriOf(identity.key.scheme.digestOid)}"/><ds:DigestValue>AAAA</ds:DigestValue></ds:Reference></ds:Manifest></ds:Object>`
    const signature = signatureTemplate({
      identity,
      references: [
        { uri: '', transforms: envelopedTransforms },
        { uri: '#m', attributes: ` Type="${referenceType.manifest}"` },
      ],
      objects: manifest,
    })
    const verification = await verify(
      await signTemplate(`<contract>${signature}</contract>`, { identity }),
    )
    expect(verification.report.indication).toBe('TOTAL-PASSED')
    expect(detailOf(verification, 'coverage')).toBe('warning.manifest-not-followed')
  })

  it('comments count where the pointer and the canonicalisation take them in', async () => {
    const { signer: identity } = await testPki(kind)
    const signature = signatureTemplate({
      identity,
      references: [
        {
          uri: '#xpointer(/)',
          transforms:
            transformText(algorithmUri.enveloped) + transformText(algorithmUri.c14n10WithComments),
        },
      ],
    })
    const signed = await signTemplate(
      `<contract><sum>1<!-- one -->00</sum>${signature}</contract>`,
      { identity },
    )
    expect((await verify(signed)).report.indication).toBe('TOTAL-PASSED')
    expect((await verify(signed.replace(' one ', ' two '))).report).toMatchObject({
      indication: 'TOTAL-FAILED',
      subIndication: 'HASH_FAILURE',
    })
  })
})

describe('content that was given with an attached signature', () => {
  it.each([
    ['enveloped', { form: 'enveloped', document }],
    ['detached by an Id', { form: 'detached', document, elementId: 's' }],
    ['in an Object', { form: 'enveloping-octets', octets: document }],
  ] as const)('%s, is the signed one or fails', async (_name, form) => {
    const { signer } = await testPki(kind)
    const made = await createXmlSignature({ ...form, signer, id: 'x' })
    expect((await verify(made, { content: document })).report.indication).toBe('TOTAL-PASSED')
    expect(
      (await verify(made, { content: octets(text(document).replace('100', '900')) })).report,
    ).toMatchObject({ indication: 'TOTAL-FAILED', subIndication: 'HASH_FAILURE' })
  })
})

describe('detached content', () => {
  const content = octets('Акт № 1')

  it('is what the caller gives; without it the signature is open', async () => {
    const { signer } = await testPki(kind)
    const made = await createXmlSignature({
      form: 'external',
      octets: content,
      uri: 'act.txt',
      signer,
    })
    expect((await verify(made, { content })).report.indication).toBe('TOTAL-PASSED')
    expect((await verify(made)).report).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'SIGNED_DATA_NOT_FOUND',
    })
    expect((await verify(made, { content: octets('Акт № 2') })).report).toMatchObject({
      indication: 'TOTAL-FAILED',
      subIndication: 'HASH_FAILURE',
    })
  })

  it('is canonicalised first where the signature says so', async () => {
    const { signer: identity } = await testPki(kind)
    const plain = octets('<?xml version="1.0"?><a  b="1" a="2"/>')
    const signed = await signTemplate(
      signatureTemplate({
        identity,
        references: [{ uri: 'a.xml', transforms: transformText(algorithmUri.c14n10) }],
      }),
      { identity, content: plain },
    )
    const same = octets('<a a="2" b="1"></a>')
    for (const given of [plain, same]) {
      expect((await verify(signed, { content: given })).report.indication).toBe('TOTAL-PASSED')
    }
    expect((await verify(signed, { content: octets('<a a="3"/>') })).report.subIndication).toBe(
      'HASH_FAILURE',
    )
    for (const bad of ['<!DOCTYPE a><a a="2" b="1"></a>', 'a']) {
      const refused = await verify(signed, { content: octets(bad) })
      expect(detailOf(refused, 'format')).toBe('xml.transform.not-xml')
    }
  })

  it('may be a Reference without URI', async () => {
    const { signer: identity } = await testPki(kind)
    const signed = await signTemplate(
      signatureTemplate({ identity, references: [{ transforms: '' }] }),
      { identity, content },
    )
    expect((await verify(signed, { content })).report.indication).toBe('TOTAL-PASSED')
    expect((await verify(signed)).report.subIndication).toBe('SIGNED_DATA_NOT_FOUND')
  })
})

describe('the profile of one enveloped signature', () => {
  it('is kept by the Kazakh form and broken by every other', async () => {
    const { signer, ocsp } = await testPki(kind)
    const codes = async (container: Uint8Array): Promise<string | undefined> =>
      detailOf(await verify(container, { xmlProfile: 'single-enveloped' }), 'format')
    const one = await createXmlSignature({ form: 'enveloped', document, profile: 'kz', signer })
    expect(await codes(one)).toBeUndefined()
    expect((await verify(one, { xmlProfile: 'single-enveloped' })).report.indication).toBe(
      'TOTAL-PASSED',
    )
    const two = await createXmlSignature({ form: 'enveloped', document: one, signer: ocsp })
    expect(await codes(two)).toBe('xml.profile.several-signatures')
    const detached = await createXmlSignature({
      form: 'detached',
      document,
      elementId: 's',
      signer,
    })
    expect(await codes(detached)).toBe('xml.profile.reference-uri xml.profile.transforms')
    const withProperties = await createXmlSignature({
      form: 'enveloped',
      document,
      signer,
      id: 'x',
      xades,
    })
    expect(await codes(withProperties)).toBe(
      'xml.profile.several-references xml.profile.properties',
    )
    const inner = text(one)
      .replace('<ds:Signature ', '<w><ds:Signature ')
      .replace('</ds:Signature>', '</ds:Signature></w>')
    expect(await codes(octets(inner))).toContain('xml.profile.not-child-of-root')
  })
})

describe('the certificate of the signer', () => {
  it('may come as a WS-Security token by its Id', async () => {
    const { signer: identity } = await testPki(kind)
    const token = `<wsse:BinarySecurityToken xmlns:wsu="${namespace.wsu}" wsu:Id="t" ValueType="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3">${writeBase64(identity.certificate.bytes)}</wsse:BinarySecurityToken>`
    const signature = signatureTemplate({
      identity,
      references: [{ uri: '#b' }],
      keyInfo:
        '<wsse:SecurityTokenReference><wsse:Reference URI="#t"/></wsse:SecurityTokenReference>',
    })
    const signed = await signTemplate(
      `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><wsse:Security xmlns:wsse="${namespace.wsse}">${token}${signature}</wsse:Security></s:Header><s:Body Id="b"><x/></s:Body></s:Envelope>`,
      { identity },
    )
    expect((await verify(signed)).report.indication).toBe('TOTAL-PASSED')
  })

  it('may be at hand, named by its serial number', async () => {
    const { signer: identity } = await testPki(kind)
    const serial = BigInt(`0x${identity.certificate.serialNumber}`).toString()
    const signature = signatureTemplate({
      identity,
      keyInfo: `<ds:X509Data><ds:X509IssuerSerial><ds:X509IssuerName>CN=x</ds:X509IssuerName><ds:X509SerialNumber>${serial}</ds:X509SerialNumber></ds:X509IssuerSerial></ds:X509Data>`,
    })
    const signed = await signTemplate(`<a>${signature}</a>`, { identity })
    const stored = { certificates: [identity.certificate.bytes] }
    expect((await verify(signed, { stored })).report.indication).toBe('TOTAL-PASSED')
    expect((await verify(signed)).report.subIndication).toBe('NO_SIGNING_CERTIFICATE_FOUND')
  })

  it('is open between two of one key, until SigningCertificate names one', async () => {
    const pki = await testPki(kind)
    const other = await issue({ commonName: 'OTHER', kind, key: pki.signer.key }, pki.authority)
    const signer = { ...pki.signer, certificates: [other.certificate.bytes] }
    const plain = await createXmlSignature({ form: 'enveloped', document, signer })
    expect(detailOf(await verify(plain), 'signing-certificate')).toBe('signer-ambiguous')
    const named = await createXmlSignature({ form: 'enveloped', document, signer, id: 'x', xades })
    const { report } = await verify(named)
    expect(report.indication).toBe('TOTAL-PASSED')
    expect(report.signatures[0]?.chain[0]?.sha256).toBe(pki.signer.certificate.sha256)
  })
})

describe('SigningCertificate of the first version', () => {
  const withV1 = async (serialOf: (serial: bigint) => bigint): Promise<string> => {
    const { signer: identity } = await testPki(kind)
    const { certificate, key } = identity
    const uri = digestUriOf(key.scheme.digestOid)
    const serial = serialOf(BigInt(`0x${certificate.serialNumber}`))
    const object =
      `<ds:Object><x:QualifyingProperties xmlns:x="${namespace.xades}" Target="#s1"><x:SignedProperties Id="p"><x:SignedSignatureProperties>` +
      `<x:SigningTime>2026-02-01T15:00:00+05:00</x:SigningTime><x:SigningCertificate><x:Cert><x:CertDigest><ds:DigestMethod Algorithm="${uri}"/>` +
      `<ds:DigestValue>${writeBase64(digestOf(key.scheme.digestOid, certificate.bytes))}</ds:DigestValue></x:CertDigest>` +
      `<x:IssuerSerial><ds:X509IssuerName>CN=TEST CA, C=KZ</ds:X509IssuerName><ds:X509SerialNumber>${serial}</ds:X509SerialNumber></x:IssuerSerial>` +
      '</x:Cert></x:SigningCertificate></x:SignedSignatureProperties></x:SignedProperties></x:QualifyingProperties></ds:Object>'
    const signature = signatureTemplate({
      identity,
      references: [
        { uri: '', transforms: envelopedTransforms },
        { uri: '#p', attributes: ` Type="${referenceType.signedProperties}"` },
      ],
      objects: object,
    })
    return signTemplate(`<a>${signature}</a>`, { identity })
  }

  it('is checked by digest and serial number', async () => {
    const right = await verify(await withV1((serial) => serial))
    expect(right.report).toMatchObject({
      indication: 'TOTAL-PASSED',
      signatures: [{ format: 'XAdES-B', signingTime: sampleSigningTime.toISOString() }],
    })
    const wrong = await verify(await withV1((serial) => serial + 1n))
    expect(detailOf(wrong, 'signing-certificate')).toBe('signing-certificate.mismatch')
  })
})

describe('a CounterSignature', () => {
  const countersigned = async (uri: string): Promise<string> => {
    const { signer, ocsp } = await testPki(kind)
    const made = text(
      await createXmlSignature({ form: 'enveloped', document, signer, id: 'x', xades }),
    ).replace('<ds:SignatureValue>', '<ds:SignatureValue Id="v">')
    const counter = signatureTemplate({
      identity: ocsp,
      references: [{ uri, attributes: ` Type="${referenceType.countersigned}"` }],
    })
    return signTemplate(
      made.replace(
        '</xades:QualifyingProperties>',
        `<xades:UnsignedProperties><xades:UnsignedSignatureProperties><xades:CounterSignature>${counter}</xades:CounterSignature></xades:UnsignedSignatureProperties></xades:UnsignedProperties></xades:QualifyingProperties>`,
      ),
      { identity: ocsp },
    )
  }

  it('is shown with the signature that it is over', async () => {
    const { report } = await verify(await countersigned('#v'))
    expect(report.signatures).toMatchObject([
      { cryptography: 'valid', counterSignatures: [{ cryptography: 'valid' }] },
    ])
    expect(report.signatures[0]?.checks.filter(({ result }) => result !== 'passed')).toEqual([])
    expect(
      report.signatures[0]?.counterSignatures?.[0]?.checks.find(({ name }) => name === 'format'),
    ).toMatchObject({ result: 'passed' })
  })

  it('over something else is none', async () => {
    const { report } = await verify(await countersigned('#s'))
    expect(
      report.signatures[0]?.counterSignatures?.[0]?.checks.find(({ name }) => name === 'format'),
    ).toMatchObject({ result: 'failed', detail: 'xml.xades.counter-signature' })
  })
})

describe('algorithms of other countries and of former times', () => {
  it.each([
    ['prime256v1', 'ecdsa-sha256', 'sha256', 64],
    ['secp384r1', 'ecdsa-sha384', 'sha384', 96],
    ['secp521r1', 'ecdsa-sha512', 'sha512', 132],
  ] as const)(
    'ECDSA on %s: r and s side by side, as Node reads them',
    async (namedCurve, scheme, digest, length) => {
      const pki = await testPki('rsa-2048')
      const keys = generateKeyPairSync('ec', { namedCurve })
      const signer = await issue({ commonName: 'EC', key: nodeSigner(keys, scheme) }, pki.authority)
      const made = await createXmlSignature({ form: 'enveloped', document, signer, id: 'x', xades })
      const [fact] = await gatherXmlSignatures(made)
      expect(fact?.signatureValue).toHaveLength(length)
      const isValid = nodeVerify(
        digest,
        fact?.signedInfo ?? new Uint8Array(),
        { key: keys.publicKey, dsaEncoding: 'ieee-p1363' },
        fact?.signatureValue ?? new Uint8Array(),
      )
      expect(isValid).toBe(true)
      const trust = trustIn(pki.root, pki.authority)
      const { report, facts } = await verify(made, { trust })
      expect(facts.signers[0]?.check).toMatchObject({ signature: 'valid', scheme: { id: scheme } })
      expect(report.signatures).toMatchObject([{ format: 'XAdES-B', cryptography: 'valid' }])
      const cut = text(made).replace(
        /<ds:SignatureValue>[^<]*/,
        `<ds:SignatureValue>${writeBase64((fact?.signatureValue ?? new Uint8Array()).subarray(1))}`,
      )
      expect((await verify(cut, { trust })).report.signatures).toMatchObject([
        { cryptography: 'invalid' },
      ])
    },
  )

  it('RSA with SHA-1 under the URIs of old Kazakh clients is verified and not believed', async () => {
    const pki = await testPki('rsa-2048')
    const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const identity = await issue(
      { commonName: 'OLD', key: nodeSigner(keys, 'rsa-sha256') },
      pki.authority,
    )
    const old = { ...identity, key: nodeSigner(keys, 'rsa-sha1') }
    const more = 'http://www.w3.org/2001/04/xmldsig-more#'
    const signature = signatureTemplate({
      identity: old,
      methodUri: `${more}rsa-sha1`,
      references: [{ uri: '', transforms: envelopedTransforms, digestUri: `${more}sha1` }],
    })
    const verification = await verify(
      await signTemplate(`<a>${signature}</a>`, { identity: old }),
      { trust: trustIn(pki.root, pki.authority) },
    )
    expect(verification.report).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'CRYPTO_CONSTRAINTS_FAILURE',
      signatures: [{ cryptography: 'valid' }],
    })
  })

  it.each([
    'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1',
    'http://www.w3.org/2007/05/xmldsig-more#rsa-pss',
    'http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519',
    'http://www.w3.org/2009/xmldsig11#dsa-sha256',
  ])('%s is a standard that is not computed here: no fault, and no proof', async (methodUri) => {
    const pki = await testPki('rsa-2048')
    const identity = pki.signer
    const references = [{ uri: '', transforms: envelopedTransforms }]
    const signature = signatureTemplate({ identity, methodUri, references })
    const { report } = await verify(await signTemplate(`<a>${signature}</a>`, { identity }), {
      trust: trustIn(pki.root, pki.authority),
    })
    expect(report).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'CRYPTO_CONSTRAINTS_FAILURE',
      signatures: [{ cryptography: 'unsupported' }],
    })
  })

  it('a weak digest of a Reference weakens a strong signature', async () => {
    const pki = await testPki('rsa-2048')
    const signature = signatureTemplate({
      identity: pki.signer,
      references: [
        {
          uri: '',
          transforms: envelopedTransforms,
          digestUri: 'http://www.w3.org/2000/09/xmldsig#sha1',
        },
      ],
    })
    const { report } = await verify(
      await signTemplate(`<a>${signature}</a>`, { identity: pki.signer }),
      { trust: trustIn(pki.root, pki.authority) },
    )
    expect(report).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'CRYPTO_CONSTRAINTS_FAILURE',
      signatures: [{ cryptography: 'valid' }],
    })
  })
})

describe('a CMS over a signed XML document', () => {
  it('is read as CMS', async () => {
    const { looksLikeXmlSignature } = await import('./looks-like-xml-signature.ts')
    const { createSignedData } = await import('../cms/index.ts')
    const { signer } = await testPki(kind)
    const signed = await createXmlSignature({ form: 'enveloped', document, signer })
    const container = await createSignedData({
      content: signed,
      form: 'attached',
      signers: [{ ...signer, signingTime: sampleSigningTime }],
    })
    expect(looksLikeXmlSignature(signed)).toBe(true)
    expect(looksLikeXmlSignature(container)).toBe(false)
    expect(looksLikeXmlSignature(octets(writeBase64(container)))).toBe(false)
    expect((await verify(container)).report.signatures).toMatchObject([{ format: 'CAdES-B' }])
  })
})
