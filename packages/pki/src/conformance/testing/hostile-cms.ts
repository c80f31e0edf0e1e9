import { concatOctets, der, readBer } from '../../asn1/index.ts'
import { testAttribute, writeSignerInfo } from '../../cms/testing/write-container.ts'
import { algorithmOid, digestOf, encodeAlgorithmIdentifier } from '../../keys/index.ts'
import { issue } from '../../verify/testing/test-pki.ts'
import { containerOf, type HostileProfile, hostileContent, trusting } from './hostile-profile.ts'
import type { HostileCase, HostileSample } from './hostile-sample.ts'

const attributeType = {
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  ess: '1.2.840.113549.1.9.16.2.47',
} as const

/** The same value with an indefinite length: BER where DER is due. */
export const asIndefinite = (value: Uint8Array): Uint8Array =>
  concatOctets(Uint8Array.of(value[0] ?? 0, 0x80), readBer(value).content, Uint8Array.of(0, 0))

/** The same value with a length that takes an octet more than needed. */
export const asLongLength = (value: Uint8Array): Uint8Array => {
  const { content } = readBer(value)
  const { length } = content
  return concatOctets(
    Uint8Array.of(value[0] ?? 0, 0x83, (length >> 16) & 0xff, (length >> 8) & 0xff, length & 0xff),
    content,
  )
}

/** Hostile CMS of one profile: rows "ASN.1/CMS" of crypto.md §6, rows 1–6 of security.md. */
export const hostileCms = async (profile: HostileProfile): Promise<readonly HostileSample[]> => {
  const { pki, container, attributes, verified } = profile
  const { signer, authority } = pki
  const twin = verified(container())
  const { contentType, signingTime, messageDigest, ess } = attributes
  const { digestOid, signatureOid } = signer.key.scheme
  const other = await issue(
    { commonName: 'TEST OTHER', key: pki.tsa.key, country: profile.country },
    authority,
  )
  const sameKey = await issue(
    { commonName: 'TEST EXCHANGED', key: signer.key, country: profile.country },
    authority,
  )
  const signed = (...list: readonly Uint8Array[]) => container({}, { attributes: list })
  const otherDigest = testAttribute(
    attributeType.messageDigest,
    der.octets(digestOf(digestOid, new Uint8Array())),
  )
  const tbs = der.setOf(contentType, signingTime, messageDigest, ess)
  const nullParameters = (oid: string) => encodeAlgorithmIdentifier(oid, der.null())

  const samples: readonly (readonly [
    name: string,
    hostile: Uint8Array | HostileCase,
    code: string,
    indication?: HostileSample['indication'],
  ])[] = [
    [
      'octets after the container',
      concatOctets(container(), Uint8Array.of(0)),
      'asn1.trailing-octets',
    ],
    ['a container cut by one octet', container().subarray(0, -1), 'asn1.truncated'],
    ['no signer at all', container({ signerInfos: [] }), 'cms.no-signers'],
    ['a SignedData of version 5', container({ version: 5 }), 'cms.bad-version'],
    [
      'a SignerInfo of version 3 with issuer and serial',
      container({}, { version: 3 }),
      'cms.bad-version',
    ],
    [
      'content that is no OCTET STRING',
      container({ content: der.sequence(der.octets(hostileContent)) }),
      'cms.bad-content',
    ],
    [
      'a digest algorithm that is not announced',
      container({ digestAlgorithms: [nullParameters(algorithmOid.sha512)] }),
      'digest-algorithm',
    ],
    [
      'parameters on the digest algorithm',
      container({ digestAlgorithms: [encodeAlgorithmIdentifier(digestOid, der.integer(1))] }),
      'key.bad-parameters',
    ],
    [
      'a field too many at the end',
      container({ more: [der.context(2, der.null())] }),
      'asn1.unexpected-type',
    ],
    ['two signerInfos fields', container({ more: [der.set()] }), 'asn1.unexpected-type'],

    ['no contentType', signed(signingTime, messageDigest, ess), 'format content-type.missing'],
    ['no messageDigest', signed(contentType, signingTime, ess), 'format message-digest.missing'],
    [
      'two contentTypes',
      signed(contentType, contentType, signingTime, messageDigest, ess),
      'format signed-attributes.duplicate',
    ],
    [
      'two messageDigests, the right one first',
      signed(contentType, messageDigest, otherDigest, ess),
      'format signed-attributes.duplicate',
    ],
    [
      'a messageDigest of two values',
      signed(
        contentType,
        testAttribute(
          attributeType.messageDigest,
          der.octets(digestOf(digestOid, hostileContent)),
          der.octets(digestOf(digestOid, new Uint8Array())),
        ),
        ess,
      ),
      'signed-attributes.several-values',
    ],
    [
      'a messageDigest of no value',
      signed(contentType, testAttribute(attributeType.messageDigest), ess),
      'signed-attributes.several-values',
    ],
    [
      'a signingTime of two values',
      signed(
        contentType,
        testAttribute(attributeType.signingTime, der.time(new Date(0)), der.time(new Date(1))),
        messageDigest,
        ess,
      ),
      'signed-attributes.several-values',
    ],
    [
      'two signing certificates',
      signed(contentType, messageDigest, ess, ess),
      'format signed-attributes.duplicate',
    ],
    [
      'the messageDigest of other content',
      signed(contentType, signingTime, otherDigest, ess),
      'content-digest message-digest-mismatch',
    ],
    [
      'a messageDigest that is a text',
      signed(contentType, testAttribute(attributeType.messageDigest, der.utf8('x')), ess),
      'format signed-attributes.malformed',
    ],
    [
      'a contentType other than the eContentType',
      container({ contentType: '1.2.840.113549.1.9.16.1.4', version: 3 }),
      'content-type.mismatch',
    ],
    [
      'a contentType that is no OID',
      signed(testAttribute(attributeType.contentType, der.utf8('x')), messageDigest, ess),
      'format signed-attributes.malformed',
    ],
    [
      'signed attributes out of DER order',
      container(
        {},
        { attributes: [messageDigest, ess, signingTime, contentType], sortAttributes: false },
      ),
      'format signed-attributes.not-sorted',
    ],
    [
      'an indefinite length inside the signed attributes',
      signed(asIndefinite(contentType), signingTime, messageDigest, ess),
      'format signed-attributes.not-der',
    ],
    [
      'a length that is not minimal inside the signed attributes',
      signed(asLongLength(contentType), signingTime, messageDigest, ess),
      'format signed-attributes.not-der',
    ],

    [
      'other content than was signed',
      container({ content: der.octets(new Uint8Array([1])) }),
      'content-digest message-digest-mismatch',
    ],
    [
      'attached content that is not the document given',
      { ...twin, content: new Uint8Array([1]) },
      'content-digest attached-content-differs',
    ],
    [
      'a detached signature over another document',
      verified(container({ content: null }), { content: new Uint8Array([1]) }),
      'content-digest message-digest-mismatch',
    ],
    [
      'a detached signature without its document',
      container({ content: null }),
      'content-digest content-absent',
      'INDETERMINATE',
    ],
    [
      'a signature over the content where attributes are signed',
      container({}, { signature: signer.key.sign(hostileContent) }),
      'signature-value signature-invalid',
    ],
    [
      'content that is itself signed attributes',
      container(
        { content: der.octets(tbs) },
        { attributes: null, signature: signer.key.sign(tbs) },
      ),
      'format content.looks-like-attributes',
    ],
    [
      'a signature over the attributes with their implicit tag',
      container(
        {},
        { signature: signer.key.sign(concatOctets(Uint8Array.of(0xa0), tbs.subarray(1))) },
      ),
      'signature-value signature-invalid',
    ],
    [
      'a signature of other attributes',
      container({}, { signature: signer.key.sign(der.setOf(contentType, otherDigest, ess)) }),
      'signature-value signature-invalid',
    ],
    [
      'a signature by another key',
      container({}, { signature: pki.tsa.key.sign(tbs) }),
      'signature-value signature-invalid',
    ],
    [
      'an empty signature value',
      container({}, { signature: new Uint8Array() }),
      'signature-value signature-invalid',
    ],
    [
      'no signed attributes for content that is no data',
      container({ contentType: '1.2.840.113549.1.9.16.1.4', version: 3 }, { attributes: null }),
      'format signed-attributes.required',
    ],
    [
      'no signed attributes under a policy that wants them',
      verified(container({}, { attributes: null }), { policy: 'sandbox' }),
      'format signed-attributes-required',
      'INDETERMINATE',
    ],

    [
      'an identifier of no certificate inside',
      container({ certificates: [authority.certificate.bytes] }),
      'signing-certificate signer-not-embedded',
    ],
    [
      'no certificate at all',
      container({ certificates: [] }),
      'signing-certificate certificate-absent',
      'INDETERMINATE',
    ],
    [
      'a certificate exchanged for another of the same key',
      containerOf(sameKey, [authority], {
        info: { attributes: [contentType, signingTime, messageDigest, ess] },
      }),
      'signing-certificate signing-certificate.mismatch',
    ],
    [
      'the identifier of another certificate',
      containerOf(other, [authority], {
        info: {
          signature: signer.key.sign(der.setOf(contentType, signingTime, messageDigest, ess)),
        },
      }),
      'signature-value signature-invalid',
    ],
    [
      'one bad signer of two',
      container({
        signerInfos: [
          writeSignerInfo({ identity: signer, signed: hostileContent }),
          writeSignerInfo({ identity: other, signed: new Uint8Array([1]) }),
        ],
        certificates: [signer, other, authority].map(({ certificate }) => certificate.bytes),
      }),
      'content-digest message-digest-mismatch',
    ],
    [
      'one signer of two unknown',
      container({
        signerInfos: [
          writeSignerInfo({ identity: signer, signed: hostileContent }),
          writeSignerInfo({ identity: other, signed: hostileContent }),
        ],
      }),
      'signing-certificate signer-not-embedded',
    ],
    [
      'a certificate inside whose signature does not hold',
      container({
        certificates: [
          signer.certificate.bytes,
          authority.certificate.bytes,
          other.certificate.bytes.with(-1, (other.certificate.bytes.at(-1) ?? 0) ^ 1),
        ],
      }),
      'embedded-values embedded-damaged',
    ],
    [
      'a certificate inside with an indefinite length',
      container({
        certificates: [asIndefinite(signer.certificate.bytes), authority.certificate.bytes],
      }),
      'asn1.indefinite-length',
    ],
    [
      'a certificate inside with a length that is not minimal',
      container({
        certificates: [asLongLength(signer.certificate.bytes), authority.certificate.bytes],
      }),
      'asn1.non-minimal-length',
    ],
    [
      'something that is no certificate among them',
      container({ certificates: [signer.certificate.bytes, der.sequence(der.null())] }),
      'asn1.missing',
    ],
    [
      'an octet string among the certificates',
      container({ certificates: [signer.certificate.bytes, der.octets(new Uint8Array(3))] }),
      'cms.unsupported-certificate',
    ],
    [
      'parameters on the signature algorithm',
      container(
        {},
        { signatureAlgorithm: encodeAlgorithmIdentifier(signatureOid, der.integer(1)) },
      ),
      'format algorithm.parameters',
    ],
    [
      'a token that is an octet string',
      container({}, { unsigned: [testAttribute('1.2.840.113549.1.9.16.2.14', der.octets(tbs))] }),
      'time-stamp broken',
    ],
    [
      'a token that is no CMS',
      container({}, { unsigned: [testAttribute('1.2.840.113549.1.9.16.2.14', der.sequence())] }),
      'time-stamp broken',
    ],
    [
      'trust in a stranger alone',
      verified(container(), { trust: trusting(other) }),
      'certificate-path',
      'INDETERMINATE',
    ],
    [
      'trust in nobody',
      verified(container(), { trust: trusting() }),
      'certificate-path',
      'INDETERMINATE',
    ],
  ]
  return samples.map(([name, hostile, code, indication = 'TOTAL-FAILED']) => ({
    name: `${profile.name}: ${name}`,
    hostile: hostile instanceof Uint8Array ? verified(hostile) : hostile,
    twin,
    code,
    indication,
  }))
}
