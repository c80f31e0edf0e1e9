import {
  type Cades,
  type CadesCertificate,
  type CadesStore,
  cadesConstants as constants,
} from './cades.ts'
import { asPlugInError, PlugInError } from './plug-in-error.ts'

/** A certificate whose key this computer has. */
export type PlugInCertificate = {
  readonly subject: string
  readonly validTo: string
  /** SHA-1, hex, lower case. */
  readonly thumbprint: string
  /** X.509 in DER, base64. */
  readonly certificate: string
}

export type DigestsWish = {
  /** SHA-1 of the certificate that signs, hex. */
  readonly thumbprint: string
  /** OID of the digest. */
  readonly digestAlgorithm: string
  /** Hex, as the hash emits them. */
  readonly digests: readonly string[]
  readonly onSigned?: ((count: number) => void) | undefined
}

const algorithms: Readonly<Record<string, number>> = {
  '1.2.643.7.1.1.2.2': constants.CADESCOM_HASH_ALGORITHM_CP_GOST_3411_2012_256,
  '1.2.643.7.1.1.2.3': constants.CADESCOM_HASH_ALGORITHM_CP_GOST_3411_2012_512,
}

/**
 * Signs digests by the plug-in, each as a detached CAdES-BES with a signing time and the signer's
 * certificate alone. The plug-in asks for permission and for the PIN once, if it asks.
 * @returns CMS in base64, in the order of the digests
 * @throws PlugInError
 */
export async function signDigests(cades: Cades, wish: DigestsWish): Promise<readonly string[]> {
  const algorithm = algorithms[wish.digestAlgorithm]
  if (algorithm === undefined) throw new PlugInError('plug-in.failed')
  try {
    return await withCertificate(cades, wish.thumbprint, async (certificate) => {
      const signatures: string[] = []
      for (const digest of wish.digests) {
        signatures.push(await signOne(cades, { certificate, algorithm, digest }))
        wish.onSigned?.(signatures.length)
      }

      return signatures
    })
  } catch (error) {
    throw asPlugInError(error)
  }
}

async function signOne(
  cades: Cades,
  {
    certificate,
    algorithm,
    digest,
  }: {
    readonly certificate: CadesCertificate
    readonly algorithm: number
    readonly digest: string
  },
): Promise<string> {
  const hashed = await cades.CreateObjectAsync('CAdESCOM.HashedData')
  await hashed.propset_Algorithm(algorithm)
  await hashed.SetHashValue(digest.toUpperCase())
  const time = await cades.CreateObjectAsync('CADESCOM.CPAttribute')
  await time.propset_Name(constants.CAPICOM_AUTHENTICATED_ATTRIBUTE_SIGNING_TIME)
  await time.propset_Value(new Date())
  const signer = await cades.CreateObjectAsync('CAdESCOM.CPSigner')
  await signer.propset_Certificate(certificate)
  await signer.propset_Options(constants.CAPICOM_CERTIFICATE_INCLUDE_END_ENTITY_ONLY)
  await (await signer.AuthenticatedAttributes2).Add(time)
  const signed = await cades.CreateObjectAsync('CAdESCOM.CadesSignedData')
  const text = await signed.SignHash(hashed, signer, constants.CADESCOM_CADES_BES)

  return text.replace(/\s+/g, '')
}

/** Certificates with a key, of the user and of the tokens that are inserted. */
export async function listCertificates(cades: Cades): Promise<readonly PlugInCertificate[]> {
  const found = new Map<string, PlugInCertificate>()
  await eachStore(cades, async (store) => {
    const certificates = await store.Certificates
    const count = await certificates.Count
    for (let index = 1; index <= count; index += 1) {
      const certificate = await certificates.Item(index)
      if (await certificate.HasPrivateKey()) {
        const thumbprint = (await certificate.Thumbprint).toLowerCase()
        found.set(thumbprint, {
          subject: await certificate.SubjectName,
          validTo: await certificate.ValidToDate,
          thumbprint,
          certificate: (await certificate.Export(constants.CADESCOM_ENCODE_BASE64)).replace(
            /\s+/g,
            '',
          ),
        })
      }
    }

    return undefined
  })

  return [...found.values()]
}

async function withCertificate<T>(
  cades: Cades,
  thumbprint: string,
  use: (certificate: CadesCertificate) => Promise<T>,
): Promise<T> {
  const used = await eachStore(cades, async (store) => {
    const certificates = await store.Certificates
    const found = await certificates.Find(
      constants.CAPICOM_CERTIFICATE_FIND_SHA1_HASH,
      thumbprint.toUpperCase(),
    )

    return (await found.Count) === 0 ? undefined : { value: await use(await found.Item(1)) }
  })
  if (used === undefined) throw new PlugInError('plug-in.no-certificate')

  return used.value
}

/** Opens the user's store, then that of the tokens, until one gives an answer. */
async function eachStore<T>(
  cades: Cades,
  ask: (store: CadesStore) => Promise<T | undefined>,
): Promise<T | undefined> {
  for (const location of [
    constants.CADESCOM_CURRENT_USER_STORE,
    constants.CADESCOM_CONTAINER_STORE,
  ]) {
    const store = await cades.CreateObjectAsync('CAdESCOM.Store')
    const isOpen = await store
      .Open(location, constants.CAPICOM_MY_STORE, constants.CAPICOM_STORE_OPEN_MAXIMUM_ALLOWED)
      .then(
        () => true,
        // Older plug-ins know no store of tokens.
        () => false,
      )
    if (!isOpen) continue
    try {
      const answer = await ask(store)
      if (answer !== undefined) return answer
    } finally {
      await store.Close().catch(() => undefined)
    }
  }

  return undefined
}
