import {
  type Asn1Node,
  asUniversal,
  booleanOf,
  der,
  expectEnd,
  expectSequence,
  integerOf,
  isTagged,
  isUniversal,
  octetsOf,
  oidOf,
  readDer,
  smallIntegerOf,
  timeOf,
  universalTag,
} from '../asn1/index.ts'
import { PkiError } from '../error.ts'
import {
  type AlgorithmIdentifier,
  encodeAlgorithmIdentifier,
  expectNoParameters,
  parseAlgorithmIdentifier,
} from '../keys/index.ts'
import { serialText } from '../x509/serial-number.ts'

/** MessageImprint (RFC 3161 §2.4.1): the hash of what is stamped. */
export type MessageImprint = {
  readonly algorithm: AlgorithmIdentifier
  readonly hash: Uint8Array
}

/** TSTInfo (RFC 3161 §2.4.2). */
export type TstInfo = {
  readonly bytes: Uint8Array
  /** TSA policy, dotted decimal. */
  readonly policy: string
  readonly messageImprint: MessageImprint
  /** Hex, lower case, without leading zeros. */
  readonly serialNumber: string
  /** UTC. */
  readonly genTime: Date
  /** Plus or minus; `undefined` when the token names none. */
  readonly accuracyMs: number | undefined
  readonly ordering: boolean
  readonly nonce: bigint | undefined
  /** The TSA's GeneralName as encoded, when the token names one. */
  readonly tsa: Uint8Array | undefined
  /** Critical extensions, of which we know none (RFC 3161 §2.4.2: reject). */
  readonly hasCriticalExtension: boolean
}

/** Reads a MessageImprint. Throws `asn1.*`, `key.bad-parameters`. */
export const parseMessageImprint = (node: Asn1Node | undefined): MessageImprint => {
  const parts = expectSequence(node)
  const [algorithmNode, hash] = parts
  expectEnd(parts, 2)
  const algorithm = parseAlgorithmIdentifier(algorithmNode)
  expectNoParameters(algorithm)
  return { algorithm, hash: octetsOf(hash) }
}

/** Writes a MessageImprint, NULL parameters. DER. */
export const encodeMessageImprint = ({
  digestOid,
  hash,
}: {
  readonly digestOid: string
  readonly hash: Uint8Array
}): Uint8Array => der.sequence(encodeAlgorithmIdentifier(digestOid, der.null()), der.octets(hash))

const partOfSecond = (node: Asn1Node | undefined): number => {
  if (node === undefined) {
    return 0
  }
  const value = smallIntegerOf(asUniversal(node, universalTag.integer))
  if (value < 1 || value > 999) {
    throw new PkiError({ code: 'tsp.malformed', message: 'An accuracy is out of its range.' })
  }
  return value
}

/** Accuracy in milliseconds, microseconds rounded up. */
const parseAccuracy = (node: Asn1Node): number => {
  const parts = [...expectSequence(node)]
  const seconds = isUniversal(parts[0], universalTag.integer) ? smallIntegerOf(parts.shift()) : 0
  const millis = isTagged(parts[0], 'context', 0) ? parts.shift() : undefined
  const micros = isTagged(parts[0], 'context', 1) ? parts.shift() : undefined
  expectEnd(parts, 0)
  return seconds * 1000 + partOfSecond(millis) + Math.ceil(partOfSecond(micros) / 1000)
}

const hasCritical = (extensions: Asn1Node): boolean =>
  expectSequence(asUniversal(extensions, universalTag.sequence)).some((extension) => {
    const flag = expectSequence(extension)[1]
    return isUniversal(flag, universalTag.boolean) && booleanOf(flag)
  })

/**
 * Reads a TSTInfo, strictly DER. Throws `tsp.malformed` (version, accuracy), `key.bad-parameters`,
 * `asn1.*`.
 */
export const parseTstInfo = (bytes: Uint8Array): TstInfo => {
  const [version, policy, imprint, serialNumber, genTime, ...rest] = expectSequence(readDer(bytes))
  if (smallIntegerOf(version) !== 1) {
    throw new PkiError({ code: 'tsp.malformed', message: 'The version of a TSTInfo is not 1.' })
  }
  const accuracy = isUniversal(rest[0], universalTag.sequence) ? rest.shift() : undefined
  const ordering = isUniversal(rest[0], universalTag.boolean) ? rest.shift() : undefined
  const nonce = isUniversal(rest[0], universalTag.integer) ? rest.shift() : undefined
  const tsa = isTagged(rest[0], 'context', 0) ? rest.shift() : undefined
  const extensions = isTagged(rest[0], 'context', 1) ? rest.shift() : undefined
  expectEnd(rest, 0)
  if (!isUniversal(genTime, universalTag.generalizedTime)) {
    throw new PkiError({ code: 'tsp.malformed', message: 'genTime is not a GeneralizedTime.' })
  }
  return {
    bytes,
    policy: oidOf(policy),
    messageImprint: parseMessageImprint(imprint),
    serialNumber: serialText(integerOf(serialNumber)),
    genTime: timeOf(genTime),
    accuracyMs: accuracy === undefined ? undefined : parseAccuracy(accuracy),
    ordering: ordering !== undefined && booleanOf(ordering),
    nonce: nonce === undefined ? undefined : integerOf(nonce),
    tsa: tsa?.children[0]?.bytes,
    hasCriticalExtension: extensions !== undefined && hasCritical(extensions),
  }
}

/** Writes a TSTInfo of version 1 with whole seconds and no accuracy, as Kazakh TSAs do. DER. */
export const encodeTstInfo = ({
  policy,
  messageImprint,
  serialNumber,
  genTime,
  nonce,
}: {
  readonly policy: string
  readonly messageImprint: { readonly digestOid: string; readonly hash: Uint8Array }
  readonly serialNumber: bigint
  readonly genTime: Date
  readonly nonce?: bigint | undefined
}): Uint8Array =>
  der.sequence(
    der.integer(1),
    der.oid(policy),
    encodeMessageImprint(messageImprint),
    der.integer(serialNumber),
    der.generalizedTime(genTime),
    ...(nonce === undefined ? [] : [der.integer(nonce)]),
  )
