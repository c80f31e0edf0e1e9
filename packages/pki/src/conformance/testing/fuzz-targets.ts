import { der, equalOctets, readBer, readDer, writePem } from '../../asn1/index.ts'
import { addSignatureTimeStamp, parseSignedData } from '../../cms/index.ts'
import { writeContainer, writeSignerInfo } from '../../cms/testing/write-container.ts'
import { algorithmOid, digestOf, generateKey, parsePkcs8, parseSpki } from '../../keys/index.ts'
import {
  certificateBag,
  plainPart,
  shroudedKeyBag,
  storeOf,
  testPassword,
} from '../../pkcs12/build-hostile.fixture.ts'
import { readPkcs12, writePkcs12 } from '../../pkcs12/index.ts'
import {
  buildOcspResponse,
  certIdOf,
  parseCrl,
  parseOcspRequest,
  parseOcspResponse,
} from '../../revocation/index.ts'
import {
  buildTimeStampResponse,
  buildTimeStampToken,
  parseTimeStampResponse,
} from '../../tsp/index.ts'
import { verifySignature } from '../../verify/index.ts'
import { sampleGenTime, sampleNow, sampleSigningTime } from '../../verify/testing/test-pki.ts'
import { parseCertificate } from '../../x509/index.ts'
import { createXmlSignature } from '../../xml/index.ts'
import { fixture, fixtureNames, hasFixtures } from '../fixtures.ts'
import { mutateOctets } from './fuzz-octets.ts'
import type { FuzzRandom } from './fuzz-random.ts'
import { mutateText } from './fuzz-text.ts'
import { type HostileProfile, hostileContent, hostileProfile } from './hostile-profile.ts'

/** A reader, and valid files to begin from. */
export type FuzzTarget = {
  readonly name: string
  readonly seeds: readonly Uint8Array[]
  readonly mutate: (
    seed: Uint8Array,
    from: { readonly random: FuzzRandom; readonly donor: Uint8Array },
  ) => Uint8Array
  /** Reads one file; what it throws must be an error of this package. */
  readonly read: (bytes: Uint8Array, seed: Uint8Array) => unknown
}

const files = (folder: string, pattern: RegExp): readonly Uint8Array[] =>
  hasFixtures
    ? fixtureNames(folder)
        .filter((name) => pattern.test(name))
        .map((name) => fixture(`${folder}/${name}`))
        .filter(({ length }) => length < 100_000)
    : []

const stamped = async ({ container, pki }: HostileProfile): Promise<Uint8Array> => {
  const signed = container()
  const { digestOid } = pki.tsa.key.scheme
  const value = parseSignedData(signed).signerInfos[0]?.signature ?? new Uint8Array()
  const token = await buildTimeStampToken(
    { ...pki.tsa, policy: '1.2.3' },
    {
      messageImprint: { digestOid, hash: digestOf(digestOid, value) },
      serialNumber: 1n,
      genTime: sampleGenTime,
    },
  )
  return addSignatureTimeStamp(signed, { token })
}

const contentOf = (container: Uint8Array): Uint8Array | undefined =>
  parseSignedData(container).content

/** Every reader that strangers' files reach, with seeds of our own making and the real ones at hand. */
export const fuzzTargets = async (): Promise<readonly FuzzTarget[]> => {
  const profiles = await Promise.all([
    hostileProfile('RU', { scheme: 'ru-2012-256' }),
    hostileProfile('KZ', { scheme: 'kz-2015-256' }),
    hostileProfile('UZ', { scheme: 'uz-1092-2' }),
  ])
  const [russia] = profiles
  const { pki, verified } = russia
  const { signer, authority, tsa } = pki
  const certificates = [signer, authority, tsa].map(({ certificate }) => certificate.bytes)
  const containers = await Promise.all(
    profiles.flatMap((profile) => [Promise.resolve(profile.container()), stamped(profile)]),
  )
  const several = writeContainer([signer, tsa], {
    content: der.octets(hostileContent),
    certificates,
    signerInfos: [signer, tsa].map((identity) =>
      writeSignerInfo({ identity, signed: hostileContent }),
    ),
  })
  const lists = await pki.crls(sampleNow)
  const answer = await buildOcspResponse(
    {
      responses: [
        {
          certId: certIdOf(
            { certificate: signer.certificate, issuer: authority.certificate },
            algorithmOid.sha256,
          ),
          certStatus: { status: 'good' },
          thisUpdate: sampleNow,
        },
      ],
      producedAt: sampleNow,
      responder: authority.certificate,
    },
    authority.key,
  )
  const [firstContainer = new Uint8Array()] = containers
  const token = buildTimeStampResponse({ token: firstContainer })
  const pkcs8 = generateKey('ru-2012-256')
  const store = (profile: 'kz-nca' | 'rfc9548'): Uint8Array =>
    writePkcs12({
      entries: [{ key: pkcs8, certificates, friendlyName: 'x' }],
      password: testPassword,
      profile,
      iterations: 2,
    })
  const parts = [
    plainPart(shroudedKeyBag(pkcs8, 1), ...certificates.map((each) => certificateBag(each))),
    plainPart(certificateBag(certificates[0] ?? pkcs8)),
  ]
  const document = new TextEncoder().encode('<contract><sum>100</sum><note>ё</note></contract>')
  const documents = await Promise.all(
    (['ru', 'kz', 'etsi'] as const).map((profile) =>
      createXmlSignature({ form: 'enveloped', document, signer, profile }),
    ),
  )
  documents.push(
    await createXmlSignature({
      form: 'enveloped',
      document,
      signer,
      profile: 'etsi',
      xades: { signingTime: sampleSigningTime },
      id: 's1',
    }),
  )

  const octets = (
    name: string,
    seeds: readonly Uint8Array[],
    read: FuzzTarget['read'],
  ): FuzzTarget => ({ name, seeds, read, mutate: mutateOctets })
  const judge = async (container: Uint8Array, seed: Uint8Array): Promise<void> => {
    const { report } = await verifySignature(verified(container))
    if (report.indication !== 'TOTAL-PASSED') {
      return
    }
    const [found, right] = [contentOf(container), contentOf(seed)]
    if (found === undefined || right === undefined || !equalOctets(found, right)) {
      throw new Error('a changed content was accepted')
    }
  }
  return [
    octets('der', [...certificates, ...lists, pkcs8, answer], (bytes) => readDer(bytes)),
    octets('ber', [...containers, several], (bytes) => readBer(bytes)),
    octets('certificate', [...certificates, ...files('kz/ca-prod', /./)], parseCertificate),
    octets('key', [signer.certificate.spki.bytes, tsa.certificate.spki.bytes], (bytes) =>
      parseSpki(bytes),
    ),
    octets('pkcs8', [pkcs8, generateKey('kz-2015-512'), generateKey('uz-1092-2')], (bytes) =>
      parsePkcs8(bytes),
    ),
    octets('crl', lists, (bytes) => [...parseCrl(bytes).entries.all()]),
    octets('ocsp', [answer, ...files('kz/ocsp', /./)], parseOcspResponse),
    octets('ocsp-request', [der.sequence(der.sequence(der.sequence()))], parseOcspRequest),
    octets('time-stamp', [token, ...files('kz/tsp', /response/)], parseTimeStampResponse),
    octets(
      'cms',
      [...containers, several, ...files('kz/cms', /./), ...files('ru', /\.sig/)],
      (bytes) => parseSignedData(bytes),
    ),
    octets('verify', [...containers, several], judge),
    octets(
      'verify-text',
      containers.map((container) => new TextEncoder().encode(writePem('CMS', container))),
      judge,
    ),
    octets('pkcs12', [store('kz-nca'), store('rfc9548'), ...files('kz/p12', /./)], (bytes) =>
      readPkcs12(bytes, testPassword),
    ),
    octets('pkcs12-inside', parts, (bytes) => readPkcs12(storeOf([bytes]), testPassword)),
    {
      name: 'xml',
      seeds: [...documents, ...files('kz/xml', /./), ...files('crypto/eu-dss-xades', /./)],
      mutate: mutateText,
      read: (container) => verifySignature(verified(container)),
    },
  ]
}
