import {
  asUniversal,
  bitsOf,
  contextChild,
  explicitContent,
  integerOf,
  isTagged,
  octetsOf,
  smallIntegerOf,
} from '../asn1/access.ts'
import { toHex } from '../asn1/bytes.ts'
import { readHeader } from '../asn1/header.ts'
import { type Asn1Node, universalTag } from '../asn1/node.ts'
import { readDer } from '../asn1/read.ts'
import { PkiError } from '../error.ts'
import { type AlgorithmIdentifier, parseAlgorithmIdentifier } from '../keys/algorithm-identifier.ts'
import type { SignedObject } from '../keys/check-signed.ts'
import { digestOf } from '../keys/digests.ts'
import { algorithmOid } from '../keys/oids.ts'
import { type Extension, parseExtensionList } from '../x509/extensions.ts'
import { type Name, parseName } from '../x509/name.ts'
import { extensionOid } from '../x509/oids.ts'
import { expectSameAlgorithm, parseCertificateTime } from '../x509/parse-certificate.ts'
import { type CrlEntries, readCrlEntries } from './crl-entries.ts'
import { type CrlScope, parseScope } from './crl-scope.ts'

/** A CertificateList of RFC 5280 §5.1, read but not judged. */
export type CertificateList = SignedObject & {
  readonly bytes: Uint8Array
  readonly issuer: Name
  readonly thisUpdate: Date
  readonly nextUpdate?: Date
  readonly entries: CrlEntries
  readonly extensions: readonly Extension[]
  readonly crlNumber?: bigint
  /** BaseCRLNumber: present in a delta list. */
  readonly deltaBase?: bigint
  readonly scope?: CrlScope
  /** Hex, lower-case. */
  readonly authorityKeyIdentifier?: string
  /** SHA-256 of `bytes`, hex. */
  readonly sha256: string
}

const bad = (message: string): PkiError => new PkiError({ code: 'crl.bad-list', message })

/** Lists of whole countries reach some tens of MB. */
const maxBytes = 256 * 1024 * 1024

type Field = { readonly start: number; readonly contentStart: number; readonly end: number }

/** Where the parts of a SEQUENCE lie, without reading what is inside them: entries can be a million. */
const splitSequence = (
  bytes: Uint8Array,
  { start, end }: { start: number; end: number },
): { fields: readonly Field[]; end: number } => {
  const outer = readHeader(bytes, { offset: start, end, rules: 'der' })
  if (outer.class !== 'universal' || outer.tag !== universalTag.sequence || !outer.constructed) {
    throw bad('A SEQUENCE is expected.')
  }
  const limit = outer.contentOffset + outer.length
  const fields: Field[] = []
  for (let offset = outer.contentOffset; offset < limit; ) {
    const header = readHeader(bytes, { offset, end: limit, rules: 'der' })
    const fieldEnd = header.contentOffset + header.length
    fields.push({ start: offset, contentStart: header.contentOffset, end: fieldEnd })
    offset = fieldEnd
    if (fields.length > 16) {
      throw bad('The list has more fields than its type knows.')
    }
  }
  return { fields, end: limit }
}

const parseKeyIdentifier = (value: Uint8Array): string | undefined => {
  const identifier = contextChild(readDer(value), 0)
  return identifier === undefined
    ? undefined
    : toHex(octetsOf(asUniversal(identifier, universalTag.octetString)))
}

/** The typed extensions; one that cannot be read is as bad as any malformed field. */
const parseTyped = (extensions: readonly Extension[]) => {
  const read = <T>(oid: string, parse: (value: Uint8Array) => T): T | undefined => {
    const found = extensions.find((each) => each.oid === oid)
    return found === undefined ? undefined : parse(found.value)
  }
  const number = (value: Uint8Array): bigint => integerOf(readDer(value))
  const typed = {
    crlNumber: read(extensionOid.crlNumber, number),
    deltaBase: read(extensionOid.deltaCrlIndicator, number),
    scope: read(extensionOid.issuingDistributionPoint, parseScope),
    authorityKeyIdentifier: read(extensionOid.authorityKeyIdentifier, parseKeyIdentifier),
  }
  return Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== undefined)) as {
    readonly [K in keyof typeof typed]?: NonNullable<(typeof typed)[K]>
  }
}

const parseTbs = (
  bytes: Uint8Array,
  { tbs, algorithm }: { tbs: Field; algorithm: AlgorithmIdentifier },
) => {
  const { fields, end } = splitSequence(bytes, tbs)
  if (end !== tbs.end) {
    throw bad('The signed part has trailing octets.')
  }
  const rest = [...fields]
  const isSequence = (field: Field | undefined): boolean =>
    field !== undefined && bytes[field.start] === 0x30
  const take = (): Asn1Node | undefined => {
    const field = rest.shift()
    return field === undefined ? undefined : readDer(bytes.subarray(field.start, field.end))
  }
  const isVersioned = rest[0] !== undefined && bytes[rest[0].start] === universalTag.integer
  if (isVersioned && smallIntegerOf(take()) !== 1) {
    throw bad('The list is of an unknown version.')
  }
  expectSameAlgorithm(take(), algorithm)
  const issuer = parseName(take())
  const thisUpdate = parseCertificateTime(take())
  const [next] = rest
  const hasNextUpdate = next !== undefined && !isSequence(next) && bytes[next.start] !== 0xa0
  const nextUpdate = hasNextUpdate ? parseCertificateTime(take()) : undefined
  const entriesField = isSequence(rest[0]) ? rest.shift() : undefined
  const tail = take()
  if (rest.length > 0 || (tail !== undefined && !isTagged(tail, 'context', 0))) {
    throw bad('The list has a field that its type does not know.')
  }
  const extensions = tail === undefined ? [] : parseExtensionList(explicitContent(tail))
  const entries = readCrlEntries(bytes, {
    start: entriesField?.contentStart ?? 0,
    end: entriesField?.end ?? 0,
  })
  if (entriesField !== undefined && entries.count === 0) {
    throw bad('The list of revoked certificates is present but empty.')
  }
  if (!isVersioned && (tail !== undefined || entries.hasExtensions)) {
    throw bad('A list of version 1 has extensions.')
  }
  return {
    issuer,
    thisUpdate,
    ...(nextUpdate === undefined ? {} : { nextUpdate }),
    entries,
    extensions,
    ...parseTyped(extensions),
  }
}

/**
 * Reads a certificate revocation list, DER only, checking every entry once. Entries are not kept as
 * objects: a list of a million costs its own octets.
 *
 * Throws `crl.bad-list`, `asn1.too-large` (above 256 MiB), `x509.*` and the `asn1.*` codes; `checkCrls`
 * turns them into facts.
 */
export const parseCrl = (bytes: Uint8Array): CertificateList => {
  if (bytes.length > maxBytes) {
    throw new PkiError({
      code: 'asn1.too-large',
      message: 'The list is larger than the limit.',
      data: { bytes: bytes.length, maxBytes },
    })
  }
  const { fields, end } = splitSequence(bytes, { start: 0, end: bytes.length })
  const [tbs, algorithmField, signatureField] = fields
  if (
    end !== bytes.length ||
    fields.length !== 3 ||
    tbs === undefined ||
    algorithmField === undefined ||
    signatureField === undefined
  ) {
    throw bad('The list is not three fields and nothing more.')
  }
  const algorithm = parseAlgorithmIdentifier(
    readDer(bytes.subarray(algorithmField.start, algorithmField.end)),
  )
  const signature = bitsOf(readDer(bytes.subarray(signatureField.start, signatureField.end)))
  if (signature.unusedBits !== 0) {
    throw bad('A signature does not fill its octets.')
  }
  return Object.freeze({
    bytes,
    tbsBytes: bytes.subarray(tbs.start, tbs.end),
    signatureAlgorithm: algorithm,
    signature: signature.bytes,
    ...parseTbs(bytes, { tbs, algorithm }),
    sha256: toHex(digestOf(algorithmOid.sha256, bytes)),
  })
}
