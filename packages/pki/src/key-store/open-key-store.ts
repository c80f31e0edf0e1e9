import { platform } from '#platform'
import { equalOctets, indexOfOctets } from '../asn1/bytes.ts'
import { der } from '../asn1/write.ts'
import { cryptoProKeyBagOid } from '../cryptopro/decrypt-key-bag.ts'
import { type CryptoProKey, openCryptoProContainer } from '../cryptopro/index.ts'
import { isPkiError, PkiError } from '../error.ts'
import { createRsaSigner } from '../keys/create-rsa-signer.ts'
import { gostSchemeOfKey, parsePkcs8 } from '../keys/pkcs8.ts'
import { createSigningKey, type RsaSigningScheme, type Signer } from '../keys/signing-key.ts'
import type { SubjectPublicKeyInfo } from '../keys/spki.ts'
import { readPkcs12 } from '../pkcs12/read-pkcs12.ts'
import type { Pkcs12Limits } from '../pkcs12/work-limit.ts'
import { parseCertificate } from '../x509/parse-certificate.ts'
import { decryptPkcs8 } from './encrypted-pkcs8.ts'
import { type KeyFilePart, recogniseKeyFile } from './recognise-key-file.ts'

/** What a key came out of. */
export type KeyStoreSource =
  | 'pkcs12'
  | 'cryptopro-pfx'
  | 'cryptopro-container'
  | 'pkcs8'
  | 'encrypted-pkcs8'

/** A key that signs, with the certificates that go with it. */
export type StoredKey = {
  readonly signer: Signer
  /** X.509, DER: the one of this key first, if it is there; then those of no key, issuers mostly. */
  readonly certificates: readonly Uint8Array[]
  /** Is the first certificate the key's own? */
  readonly hasOwnCertificate: boolean
  readonly name: string | null
  readonly source: KeyStoreSource
  readonly exportable: boolean
  /** PKCS#8 PrivateKeyInfo. Throws `key.not-exportable`. */
  readonly exportPkcs8: () => Uint8Array
}

/** An open key store. */
export type KeyStore = {
  /** Keys that can sign, in the order of the store; at least one. */
  readonly keys: readonly [StoredKey, ...StoredKey[]]
  /** Every certificate of the store, X.509, DER. */
  readonly certificates: readonly Uint8Array[]
}

/** How {@link openKeyStore} opens. */
export type OpenKeyStoreOptions = {
  /** Password of the store, or PIN of the container. Default: none. */
  readonly password?: string
  /** Digest that RSA keys sign with. Default SHA-256. */
  readonly rsaScheme?: RsaSigningScheme
  readonly limits?: Pkcs12Limits
}

/** id of CryptoPro's own key bag, as encoded: it stands in the clear beside the encrypted key. */
const cryptoProBag = der.oid(cryptoProKeyBagOid)

type FoundKey = {
  readonly pkcs8: Uint8Array
  readonly source: KeyStoreSource
  readonly name: string | null
  readonly exportable: boolean
}

const spkiOf = (certificate: Uint8Array): SubjectPublicKeyInfo | undefined => {
  try {
    return parseCertificate(certificate).spki
  } catch (error) {
    if (isPkiError(error)) {
      return undefined
    }
    throw error
  }
}

/** Parameters of one key are written in several ways; what it signs names it as its certificate does. */
const certifiedBy = (
  signer: Signer,
  certificate: Uint8Array,
): { readonly signer: Signer; readonly own: Uint8Array } => ({
  signer: { ...signer, spki: spkiOf(certificate) ?? signer.spki },
  own: certificate,
})

/** The signer of a key, and its certificate among those at hand. */
const signerOf = async (
  pkcs8: Uint8Array,
  { certificates, rsaScheme }: { certificates: readonly Uint8Array[]; rsaScheme: RsaSigningScheme },
): Promise<{ readonly signer: Signer; readonly own: Uint8Array | undefined }> => {
  const parsed = parsePkcs8(pkcs8)
  if (parsed.type === 'rsa') {
    const signer =
      platform.name === 'node'
        ? createSigningKey(pkcs8, { rsaScheme })
        : await createRsaSigner(pkcs8, { scheme: rsaScheme })
    const own = certificates.find((each) => {
      const key = spkiOf(each)?.subjectPublicKey
      return key !== undefined && equalOctets(key, signer.spki.subjectPublicKey)
    })
    return own === undefined ? { signer, own } : certifiedBy(signer, own)
  }
  // Where the form of a key leaves its curve or its octets open, the certificate decides.
  for (const certificate of certificates) {
    const spki = spkiOf(certificate)
    const isOfScheme = gostSchemeOfKey(spki?.algorithm.oid ?? '')?.id === parsed.scheme.id
    try {
      if (spki?.key.type === 'gost' && isOfScheme) {
        return certifiedBy(createSigningKey(pkcs8, { publicKey: spki.key.point }), certificate)
      }
    } catch (error) {
      if (!isPkiError(error, 'key.mismatch')) {
        throw error
      }
    }
  }
  return { signer: createSigningKey(pkcs8), own: undefined }
}

const notExportable = (): never => {
  throw new PkiError({
    code: 'key.not-exportable',
    message: 'The key is marked not to leave its container.',
  })
}

type UsableKey = FoundKey & { readonly signer: Signer; readonly own: Uint8Array | undefined }

const storedKeyOf = (
  { pkcs8, signer, own, name, source, exportable }: UsableKey,
  others: readonly Uint8Array[],
): StoredKey => ({
  signer,
  certificates: own === undefined ? others : [own, ...others],
  hasOwnCertificate: own !== undefined,
  name,
  source,
  exportable,
  exportPkcs8: exportable ? () => Uint8Array.from(pkcs8) : notExportable,
})

const needsPassword = (): PkiError =>
  new PkiError({
    code: 'key-store.needs-password',
    message: 'The key store is under a password, and none was given.',
  })

/** Without a password the empty one is tried; that it does not open means that one is needed. */
const withPassword = <T>(password: string | undefined, open: (password: string) => T): T => {
  try {
    return open(password ?? '')
  } catch (error) {
    const isWrong =
      isPkiError(error, 'pkcs12.wrong-password') ||
      isPkiError(error, 'key.wrong-password') ||
      isPkiError(error, 'cryptopro.wrong-pin')
    throw isWrong && password === undefined ? needsPassword() : error
  }
}

type Contents = {
  readonly keys: readonly FoundKey[]
  readonly certificates: readonly Uint8Array[]
}

const readPart = (part: KeyFilePart, options: OpenKeyStoreOptions): Contents => {
  const { password, limits = {} } = options
  const { bytes } = part
  const key = (pkcs8: Uint8Array, source: KeyStoreSource): Contents => ({
    keys: [{ pkcs8, source, name: null, exportable: true }],
    certificates: [],
  })
  switch (part.kind) {
    case 'certificate':
      return { keys: [], certificates: [bytes] }
    case 'pkcs8':
      return key(bytes, 'pkcs8')
    case 'encrypted-pkcs8':
      return key(
        withPassword(password, (typed) => decryptPkcs8(bytes, typed, limits)),
        'encrypted-pkcs8',
      )
    case 'pkcs12': {
      const entries = withPassword(password, (typed) => readPkcs12(bytes, typed, limits))
      const source = indexOfOctets(bytes, cryptoProBag) < 0 ? 'pkcs12' : 'cryptopro-pfx'
      return {
        keys: entries.map((entry) => ({
          pkcs8: entry.key,
          source,
          name: entry.friendlyName ?? null,
          exportable: entry.exportable !== false,
        })),
        certificates: entries.flatMap(({ certificates }) => certificates),
      }
    }
  }
}

const distinct = (certificates: readonly Uint8Array[]): readonly Uint8Array[] =>
  certificates.filter(
    (each, at) => certificates.findIndex((other) => equalOctets(other, each)) === at,
  )

const storedContainerKey = (key: CryptoProKey, name: string | null): StoredKey => ({
  signer:
    key.certificate === null
      ? key.signingKey()
      : certifiedBy(key.signingKey(), key.certificate).signer,
  certificates: key.certificate === null ? [] : [key.certificate],
  hasOwnCertificate: key.certificate !== null,
  name,
  source: 'cryptopro-container',
  exportable: key.exportable,
  exportPkcs8: key.exportPkcs8,
})

const openContainer = (
  files: ReadonlyMap<string, Uint8Array>,
  { password }: OpenKeyStoreOptions,
): readonly StoredKey[] => {
  const certificates = [...files.values()]
    .flatMap((file) => recogniseQuietly(file))
    .filter(({ kind }) => kind === 'certificate')
  const [certificate] = certificates
  const container = withPassword(password, (pin) =>
    openCryptoProContainer({ files, pin, certificate: certificate?.bytes }),
  )
  const { key, secondKey, name } = container
  return [
    storedContainerKey(key, name),
    ...(secondKey === null ? [] : [storedContainerKey(secondKey, name)]),
  ]
}

/** Files of a container folder are no key files of their own; only a certificate among them counts. */
const recogniseQuietly = (file: Uint8Array): readonly KeyFilePart[] => {
  try {
    return recogniseKeyFile(file)
  } catch (error) {
    if (isPkiError(error)) {
      return []
    }
    throw error
  }
}

const isContainer = (files: ReadonlyMap<string, Uint8Array>): boolean =>
  [...files.keys()].some((name) => /(^|[/\\])header\.key$/i.test(name))

/**
 * Opens whatever holds a signer's key: PKCS#12 of the three countries and CryptoPro's own PFX, PKCS#8
 * plain or encrypted, PEM with keys and certificates, or the files of a CryptoPro container (with the
 * certificate beside them, where it has none inside). Keys are matched with their certificates by the
 * public key.
 *
 * Throws `key-store.unknown` (nothing of these), `key-store.no-key`, `key-store.needs-password`, and the
 * codes of `readPkcs12`, `decryptPkcs8`, `openCryptoProContainer` and `createSigningKey`. A key that
 * cannot sign (another algorithm, a superseded one) is left out where another can.
 *
 * @param source one file, or several by name: a container, or a key beside its certificates.
 */
export const openKeyStore = async (
  source: Uint8Array | ReadonlyMap<string, Uint8Array>,
  options: OpenKeyStoreOptions = {},
): Promise<KeyStore> => {
  const files = source instanceof Uint8Array ? new Map([['', source]]) : source
  if (isContainer(files)) {
    const [first, ...rest] = openContainer(files, options)
    if (first !== undefined) {
      const certificates = distinct([first, ...rest].flatMap((key) => key.certificates))
      return { keys: [first, ...rest], certificates }
    }
  }
  const parts = [...files.values()].flatMap(recogniseKeyFile)
  if (parts.length === 0) {
    throw new PkiError({
      code: 'key-store.unknown',
      message: 'The file is no key store of a form that is read here.',
    })
  }
  const contents = parts.map((part) => readPart(part, options))
  const certificates = distinct(contents.flatMap((each) => each.certificates))
  const found = contents.flatMap(({ keys }) => keys)
  const { rsaScheme = 'rsa-sha256' } = options
  const usable: UsableKey[] = []
  let refusal: PkiError | undefined
  for (const key of found) {
    try {
      usable.push({ ...key, ...(await signerOf(key.pkcs8, { certificates, rsaScheme })) })
    } catch (error) {
      if (!isPkiError(error)) {
        throw error
      }
      refusal ??= error
    }
  }
  const owned = new Set(usable.map(({ own }) => own))
  const others = certificates.filter((each) => !owned.has(each))
  const [first, ...rest] = usable.map((key) => storedKeyOf(key, others))
  if (first === undefined) {
    throw (
      refusal ??
      new PkiError({ code: 'key-store.no-key', message: 'The key store holds no private key.' })
    )
  }
  return { keys: [first, ...rest], certificates }
}
