import { beforeAll, describe, expect, it } from 'vitest'
import { concatOctets, der } from '../asn1/index.ts'
import { cmsAttributeOid } from '../cms/index.ts'
import {
  type ContainerParts,
  profileAttributes,
  type SignerInfoParts,
  testAttribute,
  writeContainer,
  writeSignerInfo,
} from '../cms/testing/write-container.ts'
import { algorithmOid, digestOf } from '../keys/index.ts'
import { createTrustStore } from '../trust/index.ts'
import { buildCertificate, buildName, extension } from '../x509/index.ts'
import type { SubIndication, VerificationReport } from './report.ts'
import { sampleContent, trustIn } from './testing/sample-containers.ts'
import { issue, sampleNow, type TestIdentity, type TestPki, testPki } from './testing/test-pki.ts'
import type { StoredMaterial } from './types.ts'
import { verifySignature } from './verify-signature.ts'

let pki: TestPki
let other: TestIdentity
beforeAll(async () => {
  pki = await testPki('rsa-2048')
  other = await issue({ commonName: 'TEST OTHER' }, pki.authority)
})

const build = (
  container: Partial<ContainerParts> = {},
  info: Partial<SignerInfoParts> = {},
): Uint8Array =>
  writeContainer([pki.signer], {
    content: der.octets(sampleContent),
    certificates: [pki.signer.certificate.bytes, pki.authority.certificate.bytes],
    signerInfos: [writeSignerInfo({ identity: pki.signer, signed: sampleContent, ...info })],
    ...container,
  })

const verify = async (
  container: Uint8Array,
  {
    trust = trustIn(pki.root),
    stored,
  }: { trust?: ReturnType<typeof trustIn>; stored?: StoredMaterial } = {},
): Promise<VerificationReport> => {
  const { report } = await verifySignature({
    container,
    trust,
    policy: 'etsi-basic',
    now: sampleNow,
    ...(stored === undefined ? {} : { stored }),
  })
  return report
}

const failed = (subIndication: SubIndication) => ({ indication: 'TOTAL-FAILED', subIndication })
const open = (subIndication: SubIndication) => ({ indication: 'INDETERMINATE', subIndication })

const detailOf = (report: VerificationReport, name: string): string | undefined =>
  report.signatures[0]?.checks
    .filter((check) => check.name === name)
    .flatMap(({ detail }) => detail ?? [])
    .join(' ') || undefined

it('the twin of everything below passes', async () => {
  expect(await verify(build())).toMatchObject({ indication: 'TOTAL-PASSED' })
})

describe('the certificate of the signer', () => {
  it('that is not among those of the container fails', async () => {
    const report = await verify(build({ certificates: [other.certificate.bytes] }))
    expect(report).toMatchObject(failed('FORMAT_FAILURE'))
    expect(detailOf(report, 'signing-certificate')).toBe('signer-not-embedded')
  })

  it('that is one of two with one name fails', async () => {
    const twin = await issue({ commonName: 'TEST TWIN', key: pki.signer.key }, pki.authority)
    const keyIdentifier = Buffer.from(
      pki.signer.certificate.extensions.subjectKeyIdentifier?.keyIdentifier ?? '',
      'hex',
    )
    const info = {
      version: 3,
      identifier: der.context(0, keyIdentifier, { constructed: false }),
    }
    expect(await verify(build({ version: 3 }, info))).toMatchObject({ indication: 'TOTAL-PASSED' })
    const report = await verify(
      build(
        {
          version: 3,
          certificates: [pki.signer, pki.authority, { certificate: twin.certificate }].map(
            ({ certificate }) => certificate.bytes,
          ),
        },
        info,
      ),
    )
    expect(report).toMatchObject(failed('FORMAT_FAILURE'))
    expect(detailOf(report, 'signing-certificate')).toBe('signer-ambiguous')
  })

  it('that shares issuer and serial number with another one fails', async () => {
    const serialNumber = pki.signer.certificate.serialNumber
    const twin = await buildCertificate(
      {
        serialNumber: BigInt(`0x${serialNumber}`),
        issuer: pki.authority.certificate.subject.bytes,
        subject: buildName([['CN', 'TEST TWIN']]),
        notBefore: pki.signer.certificate.notBefore,
        notAfter: pki.signer.certificate.notAfter,
        spki: pki.signer.key.spki,
        extensions: [extension.keyUsage(['nonRepudiation'])],
      },
      pki.authority.key,
    )
    const certificates = [pki.signer.certificate.bytes, pki.authority.certificate.bytes]
    const report = await verify(build({ certificates: [...certificates, twin] }))
    expect(report).toMatchObject(failed('FORMAT_FAILURE'))
    expect(detailOf(report, 'signing-certificate')).toBe('signer-ambiguous')
    const twice = build({ certificates: [...certificates, pki.signer.certificate.bytes] })
    expect(await verify(twice)).toMatchObject({ indication: 'TOTAL-PASSED' })
  })

  it('that is at hand passes, though the container has other certificates', async () => {
    const container = build({ certificates: [pki.authority.certificate.bytes] })
    const stored = { certificates: [pki.signer.certificate.bytes] }
    expect(await verify(container, { stored })).toMatchObject({ indication: 'TOTAL-PASSED' })
  })

  it('that is nowhere leaves the signature open; from the store it passes', async () => {
    const container = build({ certificates: [] })
    expect(await verify(container)).toMatchObject(open('NO_SIGNING_CERTIFICATE_FOUND'))
    const stored = {
      certificates: [pki.signer.certificate.bytes, pki.authority.certificate.bytes],
    }
    expect(await verify(container, { stored })).toMatchObject({ indication: 'TOTAL-PASSED' })
  })

  it('that was exchanged for another of the same key fails by the ESS reference', async () => {
    const { certificate } = await issue(
      { commonName: 'TEST EXCHANGED', key: pki.signer.key },
      pki.authority,
    )
    const report = await verify(
      build(
        { certificates: [certificate.bytes, pki.authority.certificate.bytes] },
        {
          identity: { certificate, key: pki.signer.key },
          attributes: Object.values(profileAttributes(pki.signer, sampleContent)),
        },
      ),
    )
    expect(report).toMatchObject(failed('FORMAT_FAILURE'))
    expect(detailOf(report, 'signing-certificate')).toBe('signing-certificate.mismatch')
  })
})

describe('a certificate inside the container', () => {
  const embed = (...bytes: readonly Uint8Array[]): Uint8Array =>
    build({
      certificates: [pki.signer.certificate.bytes, pki.authority.certificate.bytes, ...bytes],
    })

  it('that is not used and whose issuer is unknown takes nothing, and is named', async () => {
    const foreignRoot = await issue({ commonName: 'TEST FOREIGN', ca: {} })
    const foreign = await issue({ commonName: 'TEST STRANGER' }, foreignRoot)
    const report = await verify(embed(foreign.certificate.bytes))
    expect(report).toMatchObject({ indication: 'TOTAL-PASSED' })
    expect(detailOf(report, 'embedded-values')).toBe('warning.embedded-unknown')
    expect(await verify(embed(foreignRoot.certificate.bytes))).toMatchObject({
      indication: 'TOTAL-PASSED',
    })
    expect(await verify(embed(other.certificate.bytes))).toMatchObject({
      indication: 'TOTAL-PASSED',
    })
  })

  it('whose signature does not hold fails, used or not', async () => {
    const bytes = Uint8Array.from(other.certificate.bytes)
    const last = bytes.length - 1
    bytes[last] = (bytes[last] ?? 0) ^ 1
    const report = await verify(embed(bytes))
    expect(report).toMatchObject(failed('FORMAT_FAILURE'))
    expect(detailOf(report, 'embedded-values')).toBe('embedded-damaged')
  })

  it('that cannot be read fails', async () => {
    const bytes = der.sequence(der.sequence(), der.sequence(), der.null())
    expect(await verify(embed(bytes))).toMatchObject(failed('FORMAT_FAILURE'))
  })

  it('of a namesake with another key is no damage', async () => {
    const impostor = await issue({ commonName: 'TEST CA', ca: {} })
    const signed = await issue({ commonName: 'TEST VICTIM' }, impostor)
    const report = await verify(embed(signed.certificate.bytes))
    expect(report).toMatchObject({ indication: 'TOTAL-PASSED' })
  })
})

describe('the chain', () => {
  const signedBy = async (authority: TestIdentity, more: readonly TestIdentity[] = []) => {
    const signer = await issue({ commonName: 'TEST', key: pki.signer.key }, authority)
    return writeContainer([signer], {
      content: der.octets(sampleContent),
      certificates: [signer, authority, ...more].map(({ certificate }) => certificate.bytes),
      signerInfos: [writeSignerInfo({ identity: signer, signed: sampleContent })],
    })
  }

  it('through a certificate that is no CA never passes', async () => {
    const report = await verify(await signedBy(other, [pki.authority]))
    expect(report.indication).toBe('INDETERMINATE')
    expect(detailOf(report, 'certificate-path')).toContain('not-a-ca')
  })

  it('through a CA without keyCertSign, or below its path length, never passes', async () => {
    const noSign = await issue(
      { commonName: 'TEST NO SIGN', ca: {}, keyUsages: ['cRLSign'] },
      pki.root,
    )
    expect(detailOf(await verify(await signedBy(noSign)), 'certificate-path')).toBe(
      'no-key-cert-sign',
    )
    const below = await issue({ commonName: 'TEST BELOW', ca: {} }, pki.authority)
    expect(detailOf(await verify(await signedBy(below, [pki.authority])), 'certificate-path')).toBe(
      'path-length-exceeded',
    )
  })

  it('with an unknown critical extension never passes', async () => {
    const critical = der.sequence(der.oid('1.2.3.4'), der.boolean(true), der.octets(der.null()))
    const signer = await issue(
      { commonName: 'TEST', key: pki.signer.key, moreExtensions: [critical] },
      pki.authority,
    )
    const report = await verify(
      writeContainer([signer], {
        content: der.octets(sampleContent),
        certificates: [signer, pki.authority].map(({ certificate }) => certificate.bytes),
        signerInfos: [writeSignerInfo({ identity: signer, signed: sampleContent })],
      }),
    )
    expect(report).toMatchObject(open('CHAIN_CONSTRAINTS_FAILURE'))
    expect(detailOf(report, 'certificate-path')).toBe('unknown-critical-extension')
  })

  it('that ends at a self-signed certificate which is no anchor never passes', async () => {
    const self = await issue({ commonName: 'TEST SELF' })
    const container = writeContainer([self], {
      content: der.octets(sampleContent),
      signerInfos: [writeSignerInfo({ identity: self, signed: sampleContent })],
    })
    expect(await verify(container)).toMatchObject(open('NO_CERTIFICATE_CHAIN_FOUND'))
    expect(await verify(container, { trust: trustIn(self) })).toMatchObject({
      indication: 'TOTAL-PASSED',
    })
  })

  it('with a certificate policy that is critical is understood', async () => {
    const policies = extension.certificatePolicies([{ oid: '1.2.398.3.3.2' }], { critical: true })
    const signer = await issue(
      { commonName: 'TEST', key: pki.signer.key, moreExtensions: [policies] },
      pki.authority,
    )
    const container = writeContainer([signer], {
      content: der.octets(sampleContent),
      certificates: [signer, pki.authority].map(({ certificate }) => certificate.bytes),
      signerInfos: [writeSignerInfo({ identity: signer, signed: sampleContent })],
    })
    expect(await verify(container)).toMatchObject({ indication: 'TOTAL-PASSED' })
    expect((await verify(container, { trust: createTrustStore([]) })).indication).toBe(
      'INDETERMINATE',
    )
  })
})

describe('the container', () => {
  it('with octets after it, or cut, fails', async () => {
    expect(await verify(concatOctets(build(), Uint8Array.of(0)))).toMatchObject(
      failed('FORMAT_FAILURE'),
    )
    expect(await verify(build().subarray(0, -1))).toMatchObject(failed('FORMAT_FAILURE'))
  })

  it('with no signature is not valid', async () => {
    expect(await verify(build({ signerInfos: [] }))).toMatchObject(failed('FORMAT_FAILURE'))
  })

  it('whose signature is over the content though it has attributes fails', async () => {
    const signature = pki.signer.key.sign(sampleContent)
    const report = await verify(build({}, { signature }))
    expect(report).toMatchObject(failed('SIG_CRYPTO_FAILURE'))
    expect(detailOf(report, 'signature-value')).toBe('signature-invalid')
  })

  it('whose messageDigest is by another digest than it names fails', async () => {
    const { messageDigest: _, ...rest } = profileAttributes(pki.signer, sampleContent)
    const other = testAttribute(
      cmsAttributeOid.messageDigest,
      der.octets(digestOf(algorithmOid.sha384, sampleContent)),
    )
    const report = await verify(build({}, { attributes: [...Object.values(rest), other] }))
    expect(report).toMatchObject(failed('HASH_FAILURE'))
    expect(detailOf(report, 'content-digest')).toBe('message-digest-mismatch')
  })

  it('with a certificate of indefinite length inside fails, whose twin is DER', async () => {
    const { bytes } = pki.authority.certificate
    const open = Uint8Array.of(0x30, 0x80, ...bytes.subarray(4), 0, 0)
    const report = await verify(build({ certificates: [pki.signer.certificate.bytes, open] }))
    expect(report).toMatchObject({
      ...failed('FORMAT_FAILURE'),
      code: 'asn1.indefinite-length',
      signatures: [],
    })
    const twin = build({ certificates: [pki.signer.certificate.bytes, bytes] })
    expect(await verify(twin)).toMatchObject({ indication: 'TOTAL-PASSED' })
  })

  it('whose content is itself signed attributes fails, though the signature holds', async () => {
    const attributes = der.setOf(...Object.values(profileAttributes(pki.signer, sampleContent)))
    const report = await verify(
      build(
        { content: der.octets(attributes) },
        { attributes: null, signature: pki.signer.key.sign(attributes) },
      ),
    )
    expect(report).toMatchObject(failed('FORMAT_FAILURE'))
    expect(detailOf(report, 'format')).toContain('content.looks-like-attributes')
  })

  it('signed with another byte order, by a GOST key, fails', async () => {
    const gost = await testPki('kz-2015-512')
    const attributes = der.setOf(...Object.values(profileAttributes(gost.signer, sampleContent)))
    const right = gost.signer.key.sign(attributes)
    const container = (signature: Uint8Array) =>
      writeContainer([gost.signer], {
        content: der.octets(sampleContent),
        signerInfos: [writeSignerInfo({ identity: gost.signer, signed: sampleContent, signature })],
      })
    const trust = trustIn(gost.authority)
    expect(await verify(container(right), { trust })).toMatchObject({ indication: 'TOTAL-PASSED' })
    expect(await verify(container(right.toReversed()), { trust })).toMatchObject(
      failed('SIG_CRYPTO_FAILURE'),
    )
    const swapped = concatOctets(right.subarray(64), right.subarray(0, 64))
    expect(await verify(container(swapped), { trust })).toMatchObject(failed('SIG_CRYPTO_FAILURE'))
  })
})
