import type { SignatureCountry } from '@muhr/gost'
import { der } from '../../asn1/index.ts'
import { testAttribute } from '../../cms/testing/write-container.ts'
import {
  digestOf,
  encodeAlgorithmIdentifier,
  algorithmOid as oid,
  type SchemeId,
  type SigningKey,
} from '../../keys/index.ts'
import { gostKey } from '../../verify/testing/gost-key.ts'
import { issue, type TestIdentity } from '../../verify/testing/test-pki.ts'
import { containerOf, type HostileProfile, hostileContent } from './hostile-profile.ts'
import type { HostileSample } from './hostile-sample.ts'

const nullParameters = (algorithm: string): Uint8Array =>
  encodeAlgorithmIdentifier(algorithm, der.null())

/** Digests of all countries: whichever is not the profile's own is somebody else's. */
const digests = {
  'Streebog-256 of Russia': oid.ruStreebog256,
  'Streebog-512 of Russia': oid.ruStreebog512,
  'Streebog-256 of Kazakhstan': oid.kzStreebog256,
  'Streebog-512 of Kazakhstan': oid.kzStreebog512,
  'GOST R 34.11-94 of Russia': oid.ruGost341194,
  'GOST 34.311-95 of Kazakhstan': oid.kzGost34311,
  'O‘z DSt 1106 of Uzbekistan': oid.uzDigest,
  'SHA-256': oid.sha256,
  'SHA-1': oid.sha1,
} as const

const signatures = {
  'of Russia, 256 bit': oid.ruSignature256,
  'of Russia, 512 bit': oid.ruSignature512,
  'of Russia, 2001': oid.ruSignature2001,
  'of Kazakhstan, 256 bit': oid.kz2015Signature256,
  'of Kazakhstan, 512 bit': oid.kz2015Signature512,
  'of Kazakhstan, 2004': oid.kz2004Signature,
  'of Uzbekistan': oid.uzSignature,
  'of RSA with SHA-256': oid.sha256WithRsa,
} as const

/** Where the mathematics is the same under another name: the worst confusion, since the value holds. */
const twins: readonly (readonly [SchemeId, string])[] = [
  ['ru-2012-256', oid.kz2015Key256],
  ['kz-2015-512', oid.ruKey512],
  ['uz-1092-2', oid.ruKey2001],
]

/** Hostile algorithms of one profile: row 4 of security.md, and "another country's" of crypto.md §6. */
export const hostileAlgorithms = async (
  profile: HostileProfile,
): Promise<readonly HostileSample[]> => {
  const { pki, container, attributes, verified, country } = profile
  const { signer, authority } = pki
  const { scheme } = signer.key
  const twin = verified(container())
  const { contentType, signingTime, ess } = attributes
  const sample = (
    name: string,
    hostile: Uint8Array,
    {
      code,
      indication = 'TOTAL-FAILED' as const,
    }: { code: string; indication?: HostileSample['indication'] },
  ): HostileSample => ({
    name: `${profile.name}: ${name}`,
    hostile: verified(hostile),
    twin,
    code,
    indication,
  })
  const messageDigest = (algorithm: string): Uint8Array =>
    testAttribute('1.2.840.113549.1.9.4', der.octets(digestOf(algorithm, hostileContent)))

  const withDigest = Object.entries(digests)
    .filter(([, algorithm]) => algorithm !== scheme.digestOid)
    .map(([name, algorithm]) =>
      sample(
        `the digest ${name}`,
        container(
          { digestAlgorithms: [nullParameters(algorithm)] },
          {
            digestAlgorithm: nullParameters(algorithm),
            attributes: [contentType, signingTime, messageDigest(algorithm), ess],
          },
        ),
        { code: 'signature-value algorithm.mismatch' },
      ),
    )
  const withSignature = Object.entries(signatures)
    .filter(([, algorithm]) => algorithm !== scheme.signatureOid)
    .map(([name, algorithm]) =>
      sample(
        `the signature algorithm ${name}`,
        container({}, { signatureAlgorithm: nullParameters(algorithm) }),
        { code: 'signature-value algorithm.mismatch' },
      ),
    )

  const identityOf = async (key: SigningKey): Promise<TestIdentity> =>
    issue({ commonName: 'TEST CONFUSED', country, key }, authority)
  /** A key that signs in another way than its certificate says. */
  const signing = async (change: {
    readonly digestOid?: string
    readonly country?: SignatureCountry
  }): Promise<Uint8Array> => {
    const { key } = signer.certificate.spki
    const parameters = key.type === 'gost' ? [key.parameterSet] : []
    return containerOf(
      await identityOf(gostKey({ scheme: scheme.id, parameters, seed: 9, ...change })),
      [authority],
    )
  }
  const otherCountry = country === 'KZ' ? 'RU' : 'KZ'
  const samples = [
    ...withDigest,
    ...withSignature,
    sample(
      'a signature in the octet order of another country',
      await signing({ country: otherCountry }),
      {
        code: 'signature-value signature-invalid',
      },
    ),
  ]
  if (scheme.digestOid === oid.uzDigest || scheme.digestOid === oid.kzGost34311) {
    const wrong = scheme.digestOid === oid.uzDigest ? oid.kzGost34311 : oid.ruGost341194
    samples.push(
      sample('a signature over a digest with another S-box', await signing({ digestOid: wrong }), {
        code: 'signature-value signature-invalid',
      }),
      sample(
        'a messageDigest with another S-box',
        container({}, { attributes: [contentType, signingTime, messageDigest(wrong), ess] }),
        { code: 'content-digest message-digest-mismatch' },
      ),
    )
  }
  for (const [id, keyOid] of twins.filter(([each]) => each === scheme.id)) {
    // The same key under the name of another country, its signature algorithm left as it was.
    const renamed = [
      ...([
        'ru-2012-256',
        'ru-2012-512',
        'kz-2015-256',
        'kz-2015-512',
        'ru-2001',
        'uz-1092-2',
      ] as const),
    ].find((other) => other !== id && gostKey({ scheme: other }).scheme.keyOid === keyOid)
    if (renamed !== undefined) {
      const identity = await identityOf(gostKey({ scheme: renamed, seed: 8 }))
      samples.push(
        sample(
          `a key of ${renamed} under its own signature algorithm`,
          containerOf(identity, [authority], {
            container: { digestAlgorithms: [nullParameters(scheme.digestOid)] },
            info: {
              digestAlgorithm: nullParameters(scheme.digestOid),
              signatureAlgorithm: nullParameters(scheme.signatureOid),
            },
          }),
          { code: 'signature-value algorithm.mismatch' },
        ),
      )
    }
  }
  const unknown = [
    ['of O‘z DSt 1092 algorithm 1', '1.2.860.3.15.1.1.1.2.2.2'],
    ['of O‘zMSt 286:2024', '1.2.860.3.15.2.1.2.2.2.2'],
    ['of the Kazakh GT family', '1.3.6.1.4.1.6801.1.2.2'],
  ] as const
  for (const [name, algorithm] of unknown) {
    samples.push(
      sample(
        `the signature algorithm ${name}`,
        container({}, { signatureAlgorithm: nullParameters(algorithm) }),
        { code: 'signature-value algorithm-unsupported', indication: 'INDETERMINATE' },
      ),
    )
  }
  samples.push(
    sample(
      'the digest of O‘zMSt 285:2024',
      container(
        { digestAlgorithms: [nullParameters('1.2.860.3.15.2.3.2.1.1')] },
        { digestAlgorithm: nullParameters('1.2.860.3.15.2.3.2.1.1') },
      ),
      { code: 'content-digest digest-unsupported', indication: 'INDETERMINATE' },
    ),
    sample(
      'a digest of MD5',
      container(
        { digestAlgorithms: [nullParameters('1.2.840.113549.2.5')] },
        { digestAlgorithm: nullParameters('1.2.840.113549.2.5') },
      ),
      { code: 'content-digest digest-unsupported', indication: 'INDETERMINATE' },
    ),
  )
  return samples
}
