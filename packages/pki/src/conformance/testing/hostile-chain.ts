import { der } from '../../asn1/index.ts'
import { policies, sandboxPolicyOid } from '../../policy/index.ts'
import { gostKey } from '../../verify/testing/gost-key.ts'
import {
  issue,
  type TestCertificateSpec,
  type TestIdentity,
} from '../../verify/testing/test-pki.ts'
import { buildExtension, extension, extensionOid, extKeyUsageOid } from '../../x509/index.ts'
import { containerOf, type HostileProfile, trusting } from './hostile-profile.ts'
import type { HostileCase, HostileSample } from './hostile-sample.ts'

const long = { notAfter: new Date('2035-01-01T00:00:00Z') } as const

/** Hostile chains of one profile: row "Chain" of crypto.md §6. */
export const hostileChain = async (profile: HostileProfile): Promise<readonly HostileSample[]> => {
  const { pki, container, verified, country } = profile
  const { root, authority, signer } = pki
  const { key } = authority
  const base = { country, ...long }
  const leaf = (issuer: TestIdentity, change: Partial<TestCertificateSpec> = {}) =>
    issue({ commonName: 'TEST LEAF', country, key: signer.key, ...change }, issuer)
  const authorityOf = (change: Partial<TestCertificateSpec>, issuer = root) =>
    issue({ ...base, commonName: 'TEST CA 2', key, ca: {}, ...change }, issuer)
  const twin = verified(container())
  const signedBy = async (
    issuer: TestIdentity,
    more: readonly TestIdentity[] = [],
    change: Partial<TestCertificateSpec> = {},
  ): Promise<Uint8Array> => containerOf(await leaf(issuer, change), [issuer, ...more])

  const noCa = await issue({ ...base, commonName: 'TEST NO CA', key }, root)
  const deep = await authorityOf({ ca: { pathLength: 0 } })
  const below = await issue({ ...base, commonName: 'TEST BELOW', key: pki.tsa.key, ca: {} }, deep)
  const unknownCritical = der.sequence(
    der.oid('1.2.3.4'),
    der.boolean(true),
    der.octets(der.null()),
  )
  const onlyOther = buildExtension(
    extensionOid.nameConstraints,
    der.sequence(
      der.context(
        0,
        der.sequence(
          der.context(
            4,
            der.sequence(
              der.set(
                der.sequence(der.oid('2.5.4.6'), der.printable(country === 'KZ' ? 'RU' : 'KZ')),
              ),
            ),
          ),
        ),
      ),
    ),
    { critical: true },
  )
  const excluded = buildExtension(
    extensionOid.nameConstraints,
    der.sequence(
      der.context(
        1,
        der.sequence(
          der.context(
            4,
            der.sequence(der.set(der.sequence(der.oid('2.5.4.3'), der.utf8('TEST LEAF')))),
          ),
        ),
      ),
    ),
    { critical: true },
  )
  const constrained = await authorityOf({ moreExtensions: [onlyOther] })
  const excluding = await authorityOf({ moreExtensions: [excluded] })
  const self = await issue({ commonName: 'TEST SELF', country, key: signer.key })
  const impostorRoot = await issue({ ...base, commonName: 'TEST ROOT', key: pki.tsa.key, ca: {} })
  const impostor = await issue(
    { ...base, commonName: 'TEST CA', key: pki.tsa.key, ca: {} },
    impostorRoot,
  )
  const expiredCa = await authorityOf({ notAfter: new Date('2026-01-15T00:00:00Z') })
  const futureCa = await authorityOf({ notBefore: new Date('2026-03-01T00:00:00Z') })
  const legacyKey = gostKey({ scheme: 'ru-2001', seed: 77 })
  const legacyRoot = await issue({ ...base, commonName: 'TEST OLD ROOT', key: legacyKey, ca: {} })
  const broken = authority.certificate.bytes
  const sandboxed = await leaf(authority, {
    moreExtensions: [
      extension.certificatePolicies([{ oid: sandboxPolicyOid }], { critical: true }),
    ],
  })
  const samples: readonly (readonly [
    name: string,
    hostile: Uint8Array | HostileCase,
    code: string,
    indication?: HostileSample['indication'],
  ])[] = [
    [
      'a leaf that had expired before it signed',
      await signedBy(authority, [], { notAfter: new Date('2026-01-15T00:00:00Z') }),
      'certificate-validity signing-time-after-not-after',
      'TOTAL-FAILED',
    ],
    [
      'a leaf that is not valid yet',
      await signedBy(authority, [], { notBefore: new Date('2026-03-01T00:00:00Z') }),
      'certificate-validity validation-time-before-not-before',
      'TOTAL-FAILED',
    ],
    ['an issuer that is no CA', await signedBy(noCa), 'certificate-path not-a-ca'],
    [
      'an issuer that may not sign certificates',
      await signedBy(await authorityOf({ keyUsages: ['cRLSign'] })),
      'certificate-path no-key-cert-sign',
    ],
    [
      'a CA below the path length',
      await signedBy(below, [deep]),
      'certificate-path path-length-exceeded',
    ],
    [
      'an unknown critical extension in the leaf',
      await signedBy(authority, [], { moreExtensions: [unknownCritical] }),
      'certificate-path unknown-critical-extension',
    ],
    [
      'an unknown critical extension in the CA',
      await signedBy(await authorityOf({ moreExtensions: [unknownCritical] })),
      'certificate-path unknown-critical-extension',
    ],
    [
      'a name outside of what the CA may certify',
      await signedBy(constrained),
      'certificate-path name-not-permitted',
    ],
    [
      'a name that the CA is forbidden',
      await signedBy(excluding),
      'certificate-path name-excluded',
    ],
    ['a certificate of its own', containerOf(self, []), 'certificate-path untrusted-root'],
    [
      'a CA of the same name and another key',
      await signedBy(impostor, [impostorRoot]),
      'certificate-path',
      'INDETERMINATE',
    ],
    [
      'a root of the same name, brought along',
      containerOf(await leaf(impostor), [impostor, impostorRoot, authority]),
      'certificate-path',
      'INDETERMINATE',
    ],
    ['a CA that has expired', await signedBy(expiredCa), 'certificate-path expired'],
    ['a CA that is not valid yet', await signedBy(futureCa), 'certificate-path not-yet-valid'],
    ['no certificate of the CA', containerOf(signer, []), 'certificate-path issuer-not-found'],
    [
      'a chain signed by an algorithm that has ended',
      verified(containerOf(await leaf(legacyRoot), []), {
        trust: trusting(legacyRoot),
        policy: { ...policies['ru-63fz'], signerSchemes: policies['etsi-basic'].signerSchemes },
      }),
      'certificate-path algorithm-weak ru-2001',
    ],
    [
      'a key for encryption',
      await signedBy(authority, [], { keyUsages: ['keyEncipherment'] }),
      'key-usage key-usage-needs',
    ],
    [
      'a key for certificates',
      await signedBy(authority, [], { keyUsages: ['keyCertSign'] }),
      'key-usage key-usage-needs',
    ],
    [
      'the key of a time-stamp service',
      await signedBy(authority, [], {
        extKeyUsages: [extKeyUsageOid.timeStamping],
        extKeyUsageCritical: true,
      }),
      'key-usage key-purpose-foreign',
    ],
    [
      'the key of a web server',
      await signedBy(authority, [], { extKeyUsages: [extKeyUsageOid.serverAuth] }),
      'key-usage key-purpose-foreign',
    ],
    [
      'no purpose of the key under a policy that wants one',
      verified(await signedBy(authority, [], { keyUsages: [] }), { policy: 'sandbox' }),
      'key-usage key-usage-absent',
    ],
    [
      'the certificate of a CA with an octet changed',
      container({
        certificates: [
          signer.certificate.bytes,
          broken.with(broken.length - 1, (broken.at(-1) ?? 0) ^ 1),
        ],
      }),
      'embedded-values embedded-damaged',
      'TOTAL-FAILED',
    ],
  ]
  return [
    ...samples.map(
      ([name, hostile, code, indication = 'INDETERMINATE']): HostileSample => ({
        name: `${profile.name}: ${name}`,
        hostile: hostile instanceof Uint8Array ? verified(hostile) : hostile,
        twin,
        code,
        indication,
      }),
    ),
    {
      name: `${profile.name}: a certificate of a sandbox under a configured anchor`,
      hostile: verified(containerOf(sandboxed, [authority]), {
        trust: { anchors: [{ certificate: root.certificate, origin: 'configured' }] },
      }),
      twin: verified(containerOf(sandboxed, [authority])),
      code: 'sandbox sandbox-certificate',
      indication: 'INDETERMINATE',
    },
  ]
}
