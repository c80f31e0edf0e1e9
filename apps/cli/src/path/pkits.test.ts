import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createCommandWorld } from '../command/testing.ts'
import { runPath } from './run-path.ts'

/** NIST PKITS: certificates that ended in 2011, so the clock stands in 2005. */
const folder = join(
  process.env['MUHR_FIXTURES'] ?? resolve(import.meta.dirname, '../../../../../shared/fixtures'),
  'crypto/pkits',
)
const world = createCommandWorld(new Date('2005-01-01T00:00:00Z'))
afterAll(world.remove)

const cert = (name: string): string => join(folder, 'certs', `${name}.crt`)
const crl = (name: string): string => join(folder, 'crls', `${name}.crl`)
const nist = (n: number): string => `2.16.840.1.101.3.2.1.48.${n}`

type Case = readonly [
  code: number,
  leaf: string,
  cas: readonly string[],
  lists: readonly string[],
  ...flags: readonly string[],
]

const good: readonly [readonly string[], readonly string[]] = [
  ['GoodCACert'],
  ['TrustAnchorRootCRL', 'GoodCACRL'],
]
const explicit = '--explicit-policy'

const cases: readonly Case[] = [
  [0, 'ValidCertificatePathTest1EE', ...good],
  [0, 'ValidCertificatePathTest1EE', ...good, explicit],
  [0, 'ValidCertificatePathTest1EE', ...good, explicit, '--policy', nist(1)],
  [1, 'ValidCertificatePathTest1EE', ...good, explicit, '--policy', nist(2)],
  [0, 'ValidCertificatePathTest1EE', ...good, explicit, '--policy', nist(1), '--policy', nist(2)],
  [1, 'InvalidCASignatureTest2EE', ['BadSignedCACert'], ['TrustAnchorRootCRL']],
  [
    0,
    'ValidDSAParameterInheritanceTest5EE',
    ['DSACACert', 'DSAParametersInheritedCACert'],
    ['TrustAnchorRootCRL', 'DSACACRL', 'DSAParametersInheritedCACRL'],
  ],
  [1, 'InvalidDSASignatureTest6EE', ['DSACACert'], ['TrustAnchorRootCRL', 'DSACACRL']],
  [1, 'InvalidNameChainingTest1EE', ...good],
  [2, 'InvalidMissingCRLTest1EE', ['NoCRLCACert'], ['TrustAnchorRootCRL']],
  [1, 'InvalidRevokedEETest3EE', ...good],
  [
    1,
    'InvalidRevokedCATest2EE',
    ['GoodCACert', 'RevokedsubCACert'],
    ['TrustAnchorRootCRL', 'GoodCACRL', 'RevokedsubCACRL'],
  ],
  [
    0,
    'ValidBasicSelfIssuedCRLSigningKeyTest6EE',
    ['BasicSelfIssuedCRLSigningKeyCACert', 'BasicSelfIssuedCRLSigningKeyCRLCert'],
    [
      'TrustAnchorRootCRL',
      'BasicSelfIssuedCRLSigningKeyCACRL',
      'BasicSelfIssuedCRLSigningKeyCRLCertCRL',
    ],
  ],
  [
    1,
    'inhibitAnyPolicyTest3EE',
    ['inhibitAnyPolicy1CACert', 'inhibitAnyPolicy1subCA1Cert'],
    ['TrustAnchorRootCRL', 'inhibitAnyPolicy1CACRL', 'inhibitAnyPolicy1subCA1CRL'],
    '--inhibit-any-policy',
  ],
  [
    1,
    'ValidPolicyMappingTest1EE',
    ['Mapping1to2CACert'],
    ['TrustAnchorRootCRL', 'Mapping1to2CACRL'],
    '--inhibit-policy-mapping',
  ],
]

describe.skipIf(!existsSync(folder))('muhr path on PKITS', () => {
  it.each(cases.map((each) => [each[0], each[1], each] as const))(
    '%i: %s',
    async (code, leaf, each) => {
      const [, , cas, lists, ...flags] = each
      const run = await world.run(runPath, [
        cert(leaf),
        ...['--trust', cert('TrustAnchorRootCertificate')],
        ...cas.flatMap((name) => ['--cert', cert(name)]),
        ...lists.flatMap((name) => ['--crl', crl(name)]),
        ...flags,
      ])
      expect(`${run.code}`, run.stdout + run.stderr).toBe(`${code}`)
    },
  )
})
