import { expectEnd, expectSequence, integerOf } from '../asn1/access.ts'
import { timeOf } from '../asn1/access-text.ts'
import { equalOctets } from '../asn1/bytes.ts'
import { readHeader } from '../asn1/header.ts'
import { type Asn1Node, universalTag } from '../asn1/node.ts'
import { readDer } from '../asn1/read.ts'
import { der } from '../asn1/write.ts'
import { PkiError } from '../error.ts'
import { type Extension, parseExtensionList } from '../x509/extensions.ts'
import { type GeneralName, parseGeneralName } from '../x509/general-name.ts'
import { matchNames } from '../x509/match-names.ts'
import type { Name } from '../x509/name.ts'
import { extensionOid } from '../x509/oids.ts'
import { parseCertificateTime } from '../x509/parse-certificate.ts'
import { serialOf, serialText } from '../x509/serial-number.ts'
import { includesName } from './crl-scope.ts'
import { reasonOf } from './ocsp-response.ts'
import { isPlainCrlEntry } from './plain-crl-entry.ts'
import type { RevocationReason } from './types.ts'

/** One revoked certificate. */
export type CrlEntry = {
  /** Hex, lower-case, without leading zeros. */
  readonly serialNumber: string
  readonly revokedAt: Date
  readonly reason: RevocationReason
  readonly invalidityDate?: Date
  /** Of this entry and those behind it: who issued the certificate (RFC 5280 §5.3.3). */
  readonly certificateIssuer?: readonly GeneralName[]
}

/** The revoked certificates of one list. */
export type CrlEntries = {
  readonly count: number
  /** Some entry has extensions: only lists of version 2 may. */
  readonly hasExtensions: boolean
  /**
   * Some entry, of whichever certificate, has a critical extension that we do not know: the list must
   * then be used for no certificate (RFC 5280 §5.3).
   */
  readonly unknownCritical: boolean
  /** Some entry names the issuer of its certificate: only indirect lists may. */
  readonly hasCertificateIssuer: boolean
  /**
   * The entry of a serial number (hex as in `Certificate`), or `undefined`. Walks the list. `of`: in an
   * indirect list, the issuer of the certificate and that of the list, of which entries are until one
   * names another.
   */
  readonly find: (
    serialNumber: string,
    of?: { readonly issuer: Name; readonly crlIssuer: Name },
  ) => CrlEntry | undefined
  /** Every entry, in order, one at a time. */
  readonly all: () => Generator<CrlEntry, void, void>
}

/** Entry extensions that are understood. */
const understood: ReadonlySet<string> = new Set([
  extensionOid.reasonCode,
  extensionOid.invalidityDate,
  extensionOid.certificateIssuer,
])

const parseEntry = (node: Asn1Node): { entry: CrlEntry; extensions: readonly Extension[] } => {
  const parts = expectSequence(node)
  expectEnd(parts, 3)
  const extensions = parts[2] === undefined ? [] : parseExtensionList(parts[2])
  const value = (oid: string): Asn1Node | undefined => {
    const found = extensions.find((each) => each.oid === oid)
    return found === undefined ? undefined : readDer(found.value)
  }
  const reason = value(extensionOid.reasonCode)
  const invalidityDate = value(extensionOid.invalidityDate)
  const certificateIssuer = value(extensionOid.certificateIssuer)
  return {
    entry: {
      serialNumber: serialText(integerOf(parts[0])),
      revokedAt: parseCertificateTime(parts[1]),
      reason: reason === undefined ? 'unspecified' : reasonOf(reason),
      ...(invalidityDate === undefined ? {} : { invalidityDate: timeOf(invalidityDate) }),
      ...(certificateIssuer === undefined
        ? {}
        : { certificateIssuer: expectSequence(certificateIssuer).map(parseGeneralName) }),
    },
    extensions,
  }
}

type Range = { readonly start: number; readonly end: number }
type Slot = Range & { readonly contentStart: number }

/** Steps over the entries by their headers alone. */
function* slots(bytes: Uint8Array, { start, end }: Range): Generator<Slot, void, void> {
  for (let offset = start; offset < end; ) {
    const header = readHeader(bytes, { offset, end, rules: 'der' })
    if (
      header.class !== 'universal' ||
      header.tag !== universalTag.sequence ||
      !header.constructed
    ) {
      throw new PkiError({
        code: 'crl.bad-list',
        message: 'An entry of the list is no SEQUENCE.',
        data: { offset },
      })
    }
    const { contentOffset: contentStart, length } = header
    const slot = { start: offset, contentStart, end: contentStart + length }
    yield slot
    offset = slot.end
  }
}

/**
 * Reads and checks every entry between two offsets once, keeping none.
 * Throws `crl.bad-list`, `ocsp.bad-response` (reason), `x509.*` and the `asn1.*` codes.
 */
export const readCrlEntries = (bytes: Uint8Array, range: Range): CrlEntries => {
  const entryAt = ({ start, end }: Slot) => parseEntry(readDer(bytes.subarray(start, end)))
  let count = 0
  let hasExtensions = false
  let unknownCritical = false
  let hasCertificateIssuer = false
  for (const slot of slots(bytes, range)) {
    count += 1
    const plain = isPlainCrlEntry(bytes, slot)
    if (plain !== false) {
      hasExtensions ||= plain.hasExtensions
      continue
    }
    const { entry, extensions } = entryAt(slot)
    hasCertificateIssuer ||= entry.certificateIssuer !== undefined
    hasExtensions ||= extensions.length > 0
    unknownCritical ||= extensions.some(({ oid, critical }) => critical && !understood.has(oid))
  }
  return {
    count,
    hasExtensions,
    unknownCritical,
    hasCertificateIssuer,
    find: (serialNumber, of) => {
      const wanted = der.integer(serialOf(serialNumber))
      let isOfIssuer = of === undefined || matchNames(of.issuer, of.crlIssuer)
      for (const slot of slots(bytes, range)) {
        const isPlain = !hasCertificateIssuer || isPlainCrlEntry(bytes, slot) !== false
        const named = isPlain ? undefined : entryAt(slot).entry.certificateIssuer
        if (of !== undefined && named !== undefined) {
          isOfIssuer = includesName(named, of.issuer)
        }
        const number = bytes.subarray(slot.contentStart, slot.contentStart + wanted.length)
        if (isOfIssuer && equalOctets(number, wanted)) {
          return entryAt(slot).entry
        }
      }
      return undefined
    },
    all: function* () {
      for (const slot of slots(bytes, range)) {
        yield entryAt(slot).entry
      }
    },
  }
}
