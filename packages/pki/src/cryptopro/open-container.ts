import { equalOctets } from '../asn1/bytes.ts'
import { isPkiError, PkiError } from '../error.ts'
import { encodePkcs8 } from '../keys/pkcs8.ts'
import { createSigningKey, type SigningKey } from '../keys/signing-key.ts'
import { parseCertificate } from '../x509/parse-certificate.ts'
import { pinCodes } from './derive-pin-key.ts'
import type { CryptoProKeyParameters } from './parameters.ts'
import {
  type ContainerHeader,
  type ContainerMasks,
  parseContainerHeader,
  parseContainerMasks,
  parseContainerName,
  parseContainerPrimary,
} from './parse-container.ts'
import { hasSoundMask, isPin, type RecoveredKey, recoverKey } from './recover-key.ts'

/** A key of an open container. */
export type CryptoProKey = Pick<CryptoProKeyParameters, 'scheme' | 'curve' | 'parameters'> & {
  /** x ‖ y, each little-endian. */
  readonly publicKey: Uint8Array
  /** X.509, DER: the container's own, or the one that the caller passed. */
  readonly certificate: Uint8Array | null
  readonly exportable: boolean
  /** Throws `key.verify-only` for a key of GOST R 34.10-2001. */
  readonly signingKey: () => SigningKey
  /** PKCS#8 PrivateKeyInfo. Throws `key.not-exportable` when the container forbids it. */
  readonly exportPkcs8: () => Uint8Array
}

/** An open container. */
export type CryptoProContainer = {
  readonly name: string | null
  readonly key: CryptoProKey
  /** A second key of its own, which some token dumps hold beside the first. */
  readonly secondKey: CryptoProKey | null
  /** `reserve`: the first pair of files is damaged, the key came from its copy. */
  readonly pair: 'primary' | 'reserve'
  /** How long the private key may be used. */
  readonly notBefore: Date | null
  readonly notAfter: Date | null
}

/** What {@link openCryptoProContainer} needs. */
export type OpenContainerInput = {
  /** Files of the folder by name: header.key, name.key, masks.key, primary.key, masks2.key, … */
  readonly files: ReadonlyMap<string, Uint8Array>
  /** Default: the empty PIN. */
  readonly pin?: string
  /** X.509, DER: the certificate of the key, where the container holds none. */
  readonly certificate?: Uint8Array | undefined
}

const maxPinLength = 256

const damaged = (message: string): PkiError => new PkiError({ code: 'cryptopro.damaged', message })

const wrongPin = (): PkiError =>
  new PkiError({ code: 'cryptopro.wrong-pin', message: 'The PIN does not open the container.' })

/** Names as media without letter case write them, and with the folder before them. */
const byPlainName = (files: ReadonlyMap<string, Uint8Array>): ReadonlyMap<string, Uint8Array> =>
  new Map(
    [...files].map(([name, bytes]) => [name.replace(/^.*[/\\]/, '').toLowerCase(), bytes] as const),
  )

type Pair = { readonly masks: ContainerMasks; readonly encrypted: readonly Uint8Array[] }

/** A pair of files: `null` when neither is there, the error when one is missing or damaged. */
const readPair = (
  files: ReadonlyMap<string, Uint8Array>,
  suffix: '' | '2',
): Pair | PkiError | null => {
  const masks = files.get(`masks${suffix}.key`)
  const primary = files.get(`primary${suffix}.key`)
  if (masks === undefined && primary === undefined) {
    return null
  }
  if (masks === undefined || primary === undefined) {
    return new PkiError({
      code: 'cryptopro.missing-file',
      message: 'One file of a pair is missing from the container.',
      data: { file: masks === undefined ? `masks${suffix}.key` : `primary${suffix}.key` },
    })
  }
  try {
    return { masks: parseContainerMasks(masks), encrypted: parseContainerPrimary(primary) }
  } catch (error) {
    if (isPkiError(error)) {
      return error
    }
    throw error
  }
}

/** The readings of the PIN that the check value leaves, the likeliest first. */
const codesOf = (header: ContainerHeader, pin: string): readonly Uint16Array[] => {
  if (pin.length > maxPinLength) {
    throw wrongPin()
  }
  const { pinCheck, fingerprint, primary: parameters, hasPin } = header
  const empty = new Uint16Array()
  if (pinCheck === null) {
    return hasPin ? pinCodes(pin) : [empty]
  }
  if (fingerprint === null) {
    return pinCodes(pin)
  }
  // A container without a PIN opens whatever was typed, as it does in CryptoPro CSP.
  const candidates = hasPin ? pinCodes(pin) : [...pinCodes(pin), empty]
  const right = candidates.filter((code) => isPin(code, { parameters, fingerprint, pinCheck }))
  if (right.length === 0) {
    throw wrongPin()
  }
  return right
}

/** What proves a recovered number: the first octets of x, or the whole point of a certificate. */
type Proof = { readonly fingerprint: Uint8Array | null; readonly point: Uint8Array | null }

const pointOf = (certificate: Uint8Array | null): Uint8Array | null => {
  if (certificate === null) {
    return null
  }
  try {
    const { key } = parseCertificate(certificate).spki
    return key.type === 'gost' ? key.point : new Uint8Array()
  } catch (error) {
    if (isPkiError(error)) {
      return null
    }
    throw error
  }
}

const isProven = ({ publicKey }: RecoveredKey, { fingerprint, point }: Proof): boolean =>
  fingerprint === null
    ? point !== null && equalOctets(publicKey, point)
    : fingerprint.length === 8 && equalOctets(publicKey.subarray(0, 8), fingerprint)

/** The key of a pair: the first reading of PIN and fields that the proof confirms. */
const keyOfPair = (
  { masks, encrypted }: Pair,
  input: {
    readonly parameters: CryptoProKeyParameters
    readonly codes: readonly Uint16Array[]
    readonly proof: Proof
  },
): RecoveredKey | undefined => {
  const { parameters, codes, proof } = input
  if (!hasSoundMask(masks, parameters)) {
    return undefined
  }
  for (const code of codes) {
    for (const field of encrypted) {
      const key = recoverKey({ parameters, masks, encrypted: field, code })
      if (key !== undefined && isProven(key, proof)) {
        return key
      }
    }
  }
  return undefined
}

const describeKey = (
  { privateKey, publicKey }: RecoveredKey,
  {
    parameters: { scheme, curve, parameters, exportable },
    certificate,
  }: { readonly parameters: CryptoProKeyParameters; readonly certificate: Uint8Array | null },
): CryptoProKey => {
  const point = pointOf(certificate)
  if (point !== null && !equalOctets(point, publicKey)) {
    throw new PkiError({
      code: 'key.mismatch',
      message: 'The certificate was issued for another key than the container holds.',
    })
  }
  const pkcs8 = (): Uint8Array => encodePkcs8({ scheme, parameters, privateKey })
  return {
    scheme,
    curve,
    parameters,
    publicKey,
    certificate,
    exportable,
    signingKey: () => createSigningKey(pkcs8()),
    exportPkcs8: () => {
      if (!exportable) {
        throw new PkiError({
          code: 'key.not-exportable',
          message: 'The key is marked not to leave its container.',
        })
      }
      return pkcs8()
    },
  }
}

const secondKeyOf = (
  pair: Pair,
  { header, codes }: { readonly header: ContainerHeader; readonly codes: readonly Uint16Array[] },
): CryptoProKey | null => {
  const { secondary, secondaryCertificate, secondaryFingerprint, primary } = header
  const point = pointOf(secondaryCertificate)
  if (secondaryFingerprint === null && point === null) {
    return null
  }
  const parameters = secondary ?? primary
  const proof = { fingerprint: secondaryFingerprint, point }
  const key = keyOfPair(pair, { parameters, codes, proof })
  return key === undefined
    ? null
    : describeKey(key, { parameters, certificate: secondaryCertificate })
}

/**
 * Opens the key container of CryptoPro CSP, the folder `NAME.000` (ru-cryptopro-container.md). Its check
 * values tell a wrong PIN from a damaged file; the number that comes out must give the fingerprint, or
 * the certificate where there is none. A damaged first pair of files is made good by the reserve pair.
 *
 * Throws `cryptopro.missing-file`, `cryptopro.damaged`, `cryptopro.wrong-pin`, `cryptopro.old-format`,
 * `cryptopro.unsupported`, `cryptopro.needs-certificate` (neither fingerprint nor certificate to check
 * the key by), `key.mismatch` (certificate of another key). No error holds the PIN or a key. There is no
 * count of tries in this form of container: limit them where strangers may type.
 */
export const openCryptoProContainer = ({
  files,
  pin = '',
  certificate: given,
}: OpenContainerInput): CryptoProContainer => {
  const named = byPlainName(files)
  const headerBytes = named.get('header.key')
  if (headerBytes === undefined) {
    throw new PkiError({
      code: 'cryptopro.missing-file',
      message: 'The container has no header.',
      data: { file: 'header.key' },
    })
  }
  const header = parseContainerHeader(headerBytes)
  const nameBytes = named.get('name.key')
  const name = nameBytes === undefined ? header.name : parseContainerName(nameBytes)
  const first = readPair(named, '')
  const second = readPair(named, '2')
  const pairs = [first, second].filter((pair) => pair !== null && !isPkiError(pair))
  if (pairs.length === 0) {
    throw isPkiError(first)
      ? first
      : new PkiError({
          code: 'cryptopro.missing-file',
          message: 'The container has no private key.',
          data: { file: 'primary.key' },
        })
  }
  const parameters = header.primary
  const certificate = given ?? header.certificate
  const proof = { fingerprint: header.fingerprint, point: pointOf(certificate) }
  if (proof.fingerprint === null && proof.point === null) {
    throw new PkiError({
      code: 'cryptopro.needs-certificate',
      message: 'The container has nothing to check its key by.',
    })
  }
  const sound = (pair: Pair | PkiError | null): pair is Pair =>
    pair !== null && !isPkiError(pair) && hasSoundMask(pair.masks, parameters)
  if (!sound(first) && !sound(second)) {
    throw isPkiError(first) ? first : damaged('The masks of the container are damaged.')
  }
  const codes = codesOf(header, pin)
  const open = (pair: Pair | PkiError | null): RecoveredKey | undefined =>
    sound(pair) ? keyOfPair(pair, { parameters, codes, proof }) : undefined
  const fromFirst = open(first)
  const key = fromFirst ?? open(second)
  if (key === undefined) {
    // Without a check value of the PIN a wrong one looks like damage.
    throw header.pinCheck === null && header.hasPin
      ? wrongPin()
      : damaged('The private key of the container is damaged.')
  }
  return {
    name,
    key: describeKey(key, { parameters, certificate }),
    secondKey:
      fromFirst === undefined || second === null || isPkiError(second)
        ? null
        : secondKeyOf(second, { header, codes }),
    pair: fromFirst === undefined ? 'reserve' : 'primary',
    notBefore: header.notBefore,
    notAfter: header.notAfter,
  }
}
