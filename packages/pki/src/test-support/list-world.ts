import { expect } from 'vitest'
import { checkPathRevocation } from '../path/check-path-revocation.ts'
import { findPath } from '../path/find-path.ts'
import type { CertificateList } from '../revocation/parse-crl.ts'
import { extension } from '../x509/build-extension.ts'
import type { NameAttributeInput } from '../x509/build-name.ts'
import { issueList, listTime } from './crl-world.ts'
import { issueTest, type TestEntity, testKey } from './test-ca.ts'

const kind = 'ru-2012-256'
/** The key of a label, of a kind that is quick to make. */
export const listKey = (label: string) => testKey(label, kind)

const authorityExtensions = (usages: readonly ('keyCertSign' | 'cRLSign')[]) => [
  extension.basicConstraints({ ca: true }),
  extension.keyUsage(usages),
]
/** Makes an authority; its key is that of its name, or of `label`. */
export const authority = (
  name: readonly NameAttributeInput[],
  change: {
    readonly issuer?: TestEntity
    readonly label?: string
    readonly usages?: readonly ('keyCertSign' | 'cRLSign')[]
    readonly extensions?: readonly Uint8Array[]
  } = {},
): Promise<TestEntity> =>
  issueTest({
    subject: name,
    key: listKey(change.label ?? JSON.stringify(name)),
    ...(change.issuer === undefined ? {} : { issuer: change.issuer }),
    extensions: [
      ...authorityExtensions(change.usages ?? ['keyCertSign', 'cRLSign']),
      ...(change.extensions ?? []),
    ],
  })

/** Root, the CA below it, and the empty list of the root. */
export const root = await authority([['CN', 'TEST root']])
export const caName = [
  ['O', 'TEST'],
  ['CN', 'CA'],
] as const
export const ca = await authority(caName, { issuer: root })
const rootList = await issueList(root)

/** Makes a leaf below the CA. */
export const issueLeaf = (
  extensions: readonly Uint8Array[] = [],
  issuer = ca,
): Promise<TestEntity> =>
  issueTest({
    subject: [['CN', 'ТЕСТОВ ТЕСТ']],
    key: listKey('leaf'),
    issuer,
    extensions: [extension.keyUsage(['digitalSignature']), ...extensions],
  })

export type ListWorld = {
  readonly leaf: TestEntity
  readonly crls: readonly (CertificateList | Uint8Array)[]
  readonly ocsp?: readonly Uint8Array[]
  readonly others?: readonly TestEntity[]
  readonly anchor?: TestEntity
  readonly at?: Date
}

/** What is said of the leaf; the list of the root is always there. */
export const judgeLeaf = ({
  leaf,
  crls,
  ocsp = [],
  others = [],
  anchor = root,
  at = listTime,
}: ListWorld): string => {
  const certificates = [ca, ...others].map(({ certificate }) => certificate)
  const requirements = { at }
  const path = findPath(
    { certificate: leaf.certificate, anchors: [anchor.certificate], intermediates: certificates },
    requirements,
  )
  expect(path.status).toBe('valid')
  const found = checkPathRevocation({
    chain: path.chain,
    certificates,
    crls: [rootList, ...crls],
    ocsp,
    requirements,
    clockSkewMs: 0,
  })
  expect(found.map(({ certificate }) => certificate)).toEqual(path.chain.slice(0, -1))
  const fact = found[0]?.fact
  return fact === undefined ? 'nothing' : fact.status === 'unusable' ? fact.code : fact.status
}
