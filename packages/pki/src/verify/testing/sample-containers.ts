import { der, readBer } from '../../asn1/index.ts'
import {
  addSignatureTimeStamp,
  addUnsignedAttribute,
  cmsAttributeOid,
  createSignedData,
  parseSignedData,
} from '../../cms/index.ts'
import {
  profileAttributes,
  writeContainer,
  writeSignerInfo,
} from '../../cms/testing/write-container.ts'
import type { GenerateKeyKind } from '../../keys/index.ts'
import { algorithmOid, digestOf } from '../../keys/index.ts'
import { createTrustStore, type TrustStore } from '../../trust/index.ts'
import { buildTimeStampToken } from '../../tsp/index.ts'
import { answerOcsp, listRevoked } from './revocation-data.ts'
import { issue, sampleGenTime, sampleSigningTime, type TestIdentity, testPki } from './test-pki.ts'

export const sampleContent = new TextEncoder().encode('Шарт № 1, 100 000 ₸')
/** A token over some octets by the PKI's TSA. */
export const stamp = (
  tsa: TestIdentity,
  data: Uint8Array,
  {
    genTime = sampleGenTime,
    digestOid = tsa.key.scheme.digestOid,
    signingCertificate = 'v2',
  }: {
    readonly genTime?: Date
    readonly digestOid?: string
    readonly signingCertificate?: 'v1' | 'v2'
  } = {},
): Promise<Uint8Array> =>
  buildTimeStampToken(
    { ...tsa, policy: '1.2.398.3.3.2.6.4', signingCertificate },
    {
      messageImprint: { digestOid, hash: digestOf(digestOid, data) },
      serialNumber: 77n,
      genTime,
      nonce: 0x0123456789abcdefn,
    },
  )

/** Adds a good time-stamp to the first signature of a container. */
export const withTimeStamp = async (
  container: Uint8Array,
  tsa: TestIdentity,
  options: Parameters<typeof stamp>[2] = {},
): Promise<Uint8Array> => {
  const [signerInfo] = parseSignedData(container).signerInfos
  return addSignatureTimeStamp(container, {
    token: await stamp(tsa, signerInfo?.signature ?? new Uint8Array(), options),
  })
}

/** Trust in one certificate, as `--trust FILE` gives it. */
export const trustIn = (...identities: readonly TestIdentity[]): TrustStore =>
  createTrustStore(
    identities.map(({ certificate }) => ({ certificate, origin: 'explicit' as const })),
  )

/** A container with what is needed to verify it. */
export type SampleContainer = {
  readonly name: string
  readonly container: Uint8Array
  /** Of a detached signature. */
  readonly content?: Uint8Array
  readonly trust: TrustStore
  readonly stored?: { readonly certificates: readonly Uint8Array[] }
  /**
   * Of no profile that says how an RSA signature algorithm is spelled: rsaEncryption and
   * sha256WithRSAEncryption, one octet apart, are both right (`checkSigner`).
   */
  readonly mayBeRespelled?: boolean
}

/** Octets of the arc pkcs-1, which the last octet of an RSA signature algorithm follows. */
const pkcs1Arc = Uint8Array.of(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01)

/** Does the change turn one right spelling of the signature algorithm into the other? */
export const isRespelling = (
  { container, mayBeRespelled = false }: SampleContainer,
  { position, value }: { readonly position: number; readonly value: number },
): boolean => {
  const spellings = [0x01, 0x0b]
  const arc = container.subarray(position - pkcs1Arc.length, position)
  return (
    mayBeRespelled &&
    Buffer.compare(arc, pkcs1Arc) === 0 &&
    spellings.includes(value) &&
    spellings.includes(container[position] ?? 0)
  )
}

const indefinite = (first: number, ...parts: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from([first, 0x80, ...parts.flatMap((part) => [...part]), 0, 0])

/** The same container as a Java tool writes it: indefinite lengths, the content in two parts. */
const asBer = (container: Uint8Array): Uint8Array => {
  const root = readBer(container)
  const data = parseSignedData(container)
  const fields = root.children[1]?.children[0]?.children ?? []
  const half = Math.floor((data.content?.length ?? 0) / 2)
  const content = data.content ?? new Uint8Array()
  const split = indefinite(
    0x24,
    der.octets(content.subarray(0, half)),
    der.octets(content.subarray(half)),
  )
  const encapsulated = indefinite(0x30, der.oid(data.contentType), indefinite(0xa0, split))
  const parts = fields.map((field, index) => (index === 2 ? encapsulated : field.bytes))
  return indefinite(
    0x30,
    root.children[0]?.bytes ?? new Uint8Array(),
    indefinite(0xa0, indefinite(0x30, ...parts)),
  )
}

const basicOcsp = (response: Uint8Array): Uint8Array =>
  readBer(response).children[1]?.children[0]?.children[1]?.content ?? new Uint8Array()

/** Certificates without key identifiers and without ESS reference: only names and signatures bind. */
const bareSample = async (kind: GenerateKeyKind): Promise<SampleContainer> => {
  const bare = { kind, country: null, withoutKeyIdentifiers: true } as const
  const root = await issue({ ...bare, commonName: 'TEST BARE ROOT', ca: {} })
  const authority = await issue({ ...bare, commonName: 'TEST BARE CA', ca: {} }, root)
  const signer = await issue({ ...bare, commonName: 'TEST BARE SIGNER' }, authority)
  const { contentType, signingTime, messageDigest } = profileAttributes(signer, sampleContent)
  const signatureOid =
    signer.key.scheme.family === 'rsa' ? algorithmOid.rsaEncryption : signer.key.scheme.signatureOid
  return {
    name: `${kind}, no key identifiers, no ESS reference, whole chain inside`,
    container: writeContainer([signer], {
      content: der.octets(sampleContent),
      certificates: [signer, authority, root].map(({ certificate }) => certificate.bytes),
      signerInfos: [
        writeSignerInfo({
          identity: signer,
          signed: sampleContent,
          attributes: [contentType, signingTime, messageDigest],
          signatureAlgorithm: der.sequence(der.oid(signatureOid), der.null()),
        }),
      ],
    }),
    trust: trustIn(root),
    mayBeRespelled: kind === 'rsa-2048',
  }
}

/** One container of every kind that passes under `etsi-basic`. */
export const sampleContainers = async (
  kind: 'rsa-2048' | 'kz-2015-512',
): Promise<readonly SampleContainer[]> => {
  const pki = await testPki(kind)
  const signers = [{ ...pki.signer, signingTime: sampleSigningTime }]
  const certificates = [pki.authority.certificate.bytes]
  const make = (form: 'attached' | 'detached', more: readonly Uint8Array[] = certificates) =>
    createSignedData({ content: sampleContent, form, signers, certificates: more })
  const attached = await make('attached')
  const detached = await make('detached')
  const empty = await createSignedData({
    content: new Uint8Array(),
    form: 'attached',
    signers,
    certificates,
  })
  const noCertificates = writeContainer([pki.signer], {
    content: der.octets(sampleContent),
    certificates: [],
    signerInfos: [writeSignerInfo({ identity: pki.signer, signed: sampleContent })],
  })
  const noAttributes = writeContainer([pki.signer], {
    content: der.octets(sampleContent),
    certificates: [pki.signer.certificate.bytes, ...certificates],
    signerInfos: [
      writeSignerInfo({
        identity: pki.signer,
        signed: sampleContent,
        attributes: null,
        ...(kind === 'rsa-2048'
          ? {
              signatureAlgorithm: der.sequence(der.oid(algorithmOid.rsaEncryption), der.null()),
            }
          : {}),
      }),
    ],
  })
  const withValues = addUnsignedAttribute(
    addUnsignedAttribute(await withTimeStamp(attached, pki.tsa), {
      type: cmsAttributeOid.certificateValues,
      value: der.sequence(pki.authority.certificate.bytes, pki.root.certificate.bytes),
    }),
    {
      type: cmsAttributeOid.revocationValues,
      value: der.sequence(
        der.context(0, der.sequence(await listRevoked(pki.root, []))),
        der.context(1, der.sequence(basicOcsp(await answerOcsp(pki, pki.signer)))),
      ),
    },
  )
  const trust = trustIn(pki.root)
  return [
    {
      name: `${kind}, detached, time-stamp`,
      container: await withTimeStamp(detached, pki.tsa),
      content: sampleContent,
      trust,
    },
    {
      name: `${kind}, attached, signer's certificate alone`,
      container: await make('attached', []),
      trust: trustIn(pki.authority),
    },
    { name: `${kind}, attached, empty content`, container: empty, trust },
    { name: `${kind}, attached, BER`, container: asBer(attached), trust },
    {
      name: `${kind}, no certificates inside`,
      container: noCertificates,
      trust,
      stored: { certificates: [pki.signer.certificate.bytes, ...certificates] },
    },
    {
      name: `${kind}, no signed attributes`,
      container: noAttributes,
      trust,
      mayBeRespelled: kind === 'rsa-2048',
    },
    {
      name: `${kind}, time-stamp, certificate and revocation values`,
      container: withValues,
      trust,
    },
    {
      name: `${kind}, an intermediate is trusted and the root is inside`,
      container: await make('attached', [
        pki.authority.certificate.bytes,
        pki.root.certificate.bytes,
      ]),
      trust: trustIn(pki.authority),
    },
    await bareSample(kind),
  ]
}
