import {
  createSigningKey,
  decodeContainer,
  isPkiError,
  parseCertificate,
  parsePkcs8,
  readPkcs12,
} from '@muhr/pki'
import { type Described, describeCertificate, describeKey } from './describe-certificate.ts'

/** The kind of a private key; of the key itself nothing is shown, not even a digest. */
function describePrivateKey(pkcs8: Uint8Array): Described {
  try {
    return describeKey(createSigningKey(pkcs8).spki)
  } catch (error) {
    if (isPkiError(error)) {
      return { unusable: error.code }
    }
    throw error
  }
}

/** A PKCS#8 private key. */
export function describePkcs8(bytes: Uint8Array): Described {
  try {
    const decoded = decodeContainer(bytes)
    const { type, algorithm } = parsePkcs8(decoded)

    return { type, algorithm: algorithm.oid, key: describePrivateKey(decoded) }
  } catch (error) {
    if (isPkiError(error)) {
      return { unusable: error.code }
    }
    throw error
  }
}

/**
 * A PKCS#12 key store: locked without a password.
 * @throws PkiError `pkcs12.*`
 */
export function describePkcs12(bytes: Uint8Array, password: string | undefined): Described {
  if (password === undefined) {
    return { locked: true }
  }

  return {
    locked: false,
    entries: readPkcs12(decodeContainer(bytes), password).map(
      ({ key, certificates, friendlyName }) => {
        const described = describePrivateKey(key)
        key.fill(0)

        return {
          friendlyName,
          privateKey: described,
          certificates: certificates.map((each) => describeCertificate(parseCertificate(each))),
        }
      },
    ),
  }
}
