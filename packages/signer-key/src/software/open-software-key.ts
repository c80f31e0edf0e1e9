import { equalOctets, openKeyStore, parseCertificate, type StoredKey } from '@muhr/pki'
import { createUnattendedKey } from '../create-unattended-key.ts'
import { describeSignerKey, gostSchemeOf } from '../describe-signer-key.ts'
import { SignerKeyError } from '../error.ts'
import { asSignerKeyError } from '../from-pki-error.ts'
import { sealWithSigner } from '../seal-with-signer.ts'
import type { SignerKeyKind, UnattendedSignerKey } from '../signer-key.ts'

/** The files of a key that lies in files. */
export type SoftwareKeySource = {
  /**
   * One file (PKCS#12, CryptoPro PFX, PKCS#8, PEM), or several by name: the folder of a CryptoPro
   * container, or a key beside its certificate.
   */
  readonly files: Uint8Array | ReadonlyMap<string, Uint8Array>
  /** Password of the file, or PIN of the container. */
  readonly pin?: string | undefined
  /** SHA-1 or SHA-256 of the certificate, hex: which key, where there are several. */
  readonly thumbprint?: string | undefined
}

/**
 * Opens a key out of files. Whose key it is, is decided by the public key, never by names.
 *
 * Throws `signer-key.unreadable`, `signer-key.wrong-pin`, `signer-key.needs-pin`,
 * `signer-key.no-certificate`, `signer-key.certificate-mismatch`, `signer-key.several-keys`,
 * `signer-key.not-gost-2012`. No error holds the PIN or a key.
 */
export async function openSoftwareKey(source: SoftwareKeySource): Promise<UnattendedSignerKey> {
  const { key, bytes } = chooseKey(await openStore(source), source.thumbprint)
  const description = describeSignerKey(kindOf(key), bytes)
  const certificate = parseCertificate(bytes)
  gostSchemeOf(certificate)

  return createUnattendedKey({
    description,
    make: sealWithSigner({
      key: key.signer,
      certificate,
      authorities: key.certificates.filter((each) => !equalOctets(each, bytes) && isIssuer(each)),
    }),
  })
}

async function openStore({ files, pin }: SoftwareKeySource): Promise<readonly StoredKey[]> {
  try {
    return (await openKeyStore(files, pin === undefined ? {} : { password: pin })).keys
  } catch (error) {
    throw asSignerKeyError(error)
  }
}

type Choice = { readonly key: StoredKey; readonly bytes: Uint8Array }

function chooseKey(keys: readonly StoredKey[], thumbprint: string | undefined): Choice {
  const owned = keys.flatMap((key): readonly Choice[] => {
    const [bytes] = key.certificates

    return key.hasOwnCertificate && bytes !== undefined ? [{ key, bytes }] : []
  })
  if (owned.length === 0) {
    const hasOthers = keys.some(({ certificates }) => certificates.length > 0)
    throw new SignerKeyError(
      hasOthers
        ? {
            code: 'signer-key.certificate-mismatch',
            message: 'None of the certificates was issued for this key.',
          }
        : { code: 'signer-key.no-certificate', message: 'The key has no certificate beside it.' },
    )
  }
  const wanted = owned.filter(({ bytes }) => thumbprint === undefined || isNamed(bytes, thumbprint))
  const [choice, another] = wanted
  if (choice === undefined) {
    throw new SignerKeyError({
      code: 'signer-key.certificate-mismatch',
      message: 'No key of the file has the certificate that was named.',
    })
  }
  if (another !== undefined) {
    throw new SignerKeyError({
      code: 'signer-key.several-keys',
      message: 'The file holds several keys.',
      data: { keys: wanted.length },
    })
  }

  return choice
}

function isNamed(bytes: Uint8Array, thumbprint: string): boolean {
  const { sha1, sha256 } = describeSignerKey('pem', bytes)

  return [sha1, sha256].includes(thumbprint.toLowerCase())
}

/** A root proves nothing to anybody who does not have it already. */
function isIssuer(bytes: Uint8Array): boolean {
  const { issuer, subject, extensions } = parseCertificate(bytes)

  return extensions.basicConstraints?.ca === true && !equalOctets(issuer.bytes, subject.bytes)
}

function kindOf({ source }: StoredKey): SignerKeyKind {
  switch (source) {
    case 'cryptopro-container':
      return 'cryptopro-container'
    case 'pkcs12':
    case 'cryptopro-pfx':
      return 'pkcs12'
    default:
      return 'pem'
  }
}
