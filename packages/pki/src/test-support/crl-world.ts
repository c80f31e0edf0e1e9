import { der } from '../asn1/write.ts'
import { buildCrl, type CrlSpec } from '../revocation/build-crl.ts'
import { type CertificateList, parseCrl } from '../revocation/parse-crl.ts'
import { buildExtension } from '../x509/build-extension.ts'
import { buildName, type NameAttributeInput } from '../x509/build-name.ts'
import { extensionOid } from '../x509/oids.ts'
import type { TestEntity } from './test-ca.ts'

/** For tests: the clock of every world of lists. */
export const listTime = new Date('2026-06-01T12:00:00Z')

/** Hours after (or before) {@link listTime}. */
export const hours = (count: number): Date => new Date(listTime.getTime() + count * 3_600_000)

/** GeneralName: a directory name, or a URI. */
export const directoryName = (...attributes: readonly NameAttributeInput[]): Uint8Array =>
  der.context(4, buildName(attributes))
export const nameOf = ({ certificate }: TestEntity): Uint8Array =>
  der.context(4, certificate.subject.bytes)
export const uriName = (uri: string): Uint8Array =>
  der.context(6, new TextEncoder().encode(uri), { constructed: false })

/** The last RDN of a name, for nameRelativeToCRLIssuer: one attribute. */
export const relativeName = (attribute: NameAttributeInput): Uint8Array => {
  const name = buildName([attribute])
  // SEQUENCE { SET { … } } of less than 128 octets: the SET begins behind two octets, its content behind four.
  return name.subarray(4)
}

/** ReasonFlags by the bits that are set, 1 to 8. */
const reasonBits = (bits: readonly number[]): Uint8Array => {
  const octets = new Uint8Array(bits.includes(8) ? 2 : 1)
  for (const bit of bits) {
    octets[bit >> 3] = (octets[bit >> 3] ?? 0) | (0x80 >> (bit & 7))
  }
  const last = Math.max(...bits)
  return Uint8Array.of(7 - (last & 7), ...octets)
}

/** Where a list is: both extensions say it alike. */
export type PointSpec = {
  readonly fullName?: readonly Uint8Array[]
  readonly relative?: Uint8Array
  /** Bits of ReasonFlags, 1 to 8. */
  readonly reasons?: readonly number[]
}

const pointName = ({ fullName, relative }: PointSpec): readonly Uint8Array[] => [
  ...(fullName === undefined ? [] : [der.context(0, der.context(0, fullName))]),
  ...(relative === undefined ? [] : [der.context(0, der.context(1, relative))]),
]

/** cRLDistributionPoints of a certificate. */
export const distributionPoints = (
  ...points: readonly (PointSpec & { readonly crlIssuer?: readonly Uint8Array[] })[]
): Uint8Array =>
  buildExtension(
    extensionOid.crlDistributionPoints,
    der.sequence(
      ...points.map((point) =>
        der.sequence(
          ...pointName(point),
          ...(point.reasons === undefined
            ? []
            : [der.context(1, reasonBits(point.reasons), { constructed: false })]),
          ...(point.crlIssuer === undefined ? [] : [der.context(2, point.crlIssuer)]),
        ),
      ),
    ),
  )

/** issuingDistributionPoint of a list. */
export const issuingPoint = (
  spec: PointSpec & { readonly only?: 'user' | 'ca' | 'attribute'; readonly indirect?: boolean },
): Uint8Array => {
  const flag = (tag: number, isSet: boolean): readonly Uint8Array[] =>
    isSet ? [der.context(tag, Uint8Array.of(0xff), { constructed: false })] : []
  return buildExtension(
    extensionOid.issuingDistributionPoint,
    der.sequence(
      ...pointName(spec),
      ...flag(1, spec.only === 'user'),
      ...flag(2, spec.only === 'ca'),
      ...(spec.reasons === undefined
        ? []
        : [der.context(3, reasonBits(spec.reasons), { constructed: false })]),
      ...flag(4, spec.indirect === true),
      ...flag(5, spec.only === 'attribute'),
    ),
    { critical: true },
  )
}

/** certificateIssuer of an entry: of this one and those behind it. */
export const certificateIssuer = (entity: TestEntity): Uint8Array =>
  buildExtension(extensionOid.certificateIssuer, der.sequence(nameOf(entity)), { critical: true })

/** An entry that revokes, for a reason. */
export const revoke = (
  { certificate: { serialNumber } }: TestEntity,
  change: Partial<CrlSpec['entries'][number]> = {},
): CrlSpec['entries'][number] => ({
  serialNumber,
  revokedAt: hours(-5),
  reason: 'keyCompromise',
  ...change,
})

/** A current list of an authority, signed with its key; everything may be changed. */
export const issueList = async (
  by: TestEntity,
  change: Partial<CrlSpec> & { readonly key?: TestEntity['key'] } = {},
): Promise<CertificateList> => {
  const { key = by.key, ...spec } = change
  return parseCrl(
    await buildCrl(
      {
        issuer: by.certificate.subject.bytes,
        thisUpdate: hours(-1),
        nextUpdate: hours(1),
        crlNumber: 10n,
        entries: [],
        ...spec,
      },
      key,
    ),
  )
}
