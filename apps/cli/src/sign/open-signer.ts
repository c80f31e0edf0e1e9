import { readdir, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import {
  type Certificate,
  isPkiError,
  type KeyStore,
  openKeyStore,
  parseCertificate,
  type Signer,
  type StoredKey,
} from '@muhr/pki'
import { CliError } from '../command/cli-error.ts'
import type { CommandIo } from '../command/io.ts'
import { readInput } from '../command/read-input.ts'
import { readPassword } from '../command/read-password.ts'
import type { SignRequest } from './parse-sign-arguments.ts'

/** A key with the certificate that goes into the signature, and those of its authorities. */
export type OpenedSigner = {
  readonly key: Signer
  readonly certificate: Certificate
  readonly certificates: readonly Certificate[]
}

/** Files of a key container are small; a folder with more is none. */
const maxFiles = 32

/** The key file, or every file of a container's folder; certificates of `--cert` beside it. */
async function readFiles(
  { key, certificates }: Pick<SignRequest, 'key' | 'certificates'>,
  io: CommandIo,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const place = resolve(io.cwd, key)
  const info = await stat(place).catch(() => undefined)
  const names = info?.isDirectory() === true ? await readdir(place, { withFileTypes: true }) : []
  const paths =
    info?.isDirectory() === true
      ? names.filter((entry) => entry.isFile()).map(({ name }) => join(place, name))
      : [key]
  if (paths.length > maxFiles) {
    throw new CliError({
      code: 'cli.key',
      message: 'The folder of --key is no key container.',
      advice: 'Name the folder NAME.000 with header.key, masks.key and primary.key in it.',
      data: { path: key },
    })
  }
  const files = new Map<string, Uint8Array>()
  for (const path of paths) {
    files.set(basename(path), await readInput(path, io))
  }
  for (const [index, path] of certificates.entries()) {
    files.set(`certificate-${index}-${basename(path)}`, await readInput(path, io))
  }

  return files
}

/** Asks for a password only when the store is under one. */
async function openStore(
  files: ReadonlyMap<string, Uint8Array>,
  { passwordFile }: Pick<SignRequest, 'passwordFile'>,
  io: CommandIo,
): Promise<KeyStore> {
  if (passwordFile === undefined) {
    try {
      return await openKeyStore(files)
    } catch (error) {
      if (!isPkiError(error, 'key-store.needs-password')) {
        throw error
      }
    }
  }
  const password = await readPassword(passwordFile, io)
  if (password === undefined) {
    throw new CliError({
      code: 'cli.key',
      message: 'The key is under a password.',
      advice: 'Give it in a file: --password-file FILE, or in MUHR_KEY_PASSWORD.',
    })
  }

  return openKeyStore(files, { password })
}

/** The one key that can sign with a certificate; a store with several is none to choose from blindly. */
function chooseKey({ keys }: KeyStore): StoredKey {
  const usable = keys.filter(({ hasOwnCertificate }) => hasOwnCertificate)
  const [key, another] = usable
  if (key === undefined) {
    throw new CliError({
      code: 'cli.key',
      message: 'Of the certificates at hand none is of this key.',
      advice: 'Name the certificate that was issued for it: --cert FILE.',
    })
  }
  if (another !== undefined) {
    throw new CliError({
      code: 'cli.key',
      message: 'The key store holds several keys.',
      advice: 'Name a store with one key, so that nothing is signed by the wrong one.',
    })
  }

  return key
}

/**
 * Opens the key of `muhr sign`: PKCS#12, PEM, PKCS#8, a CryptoPro container or its PFX.
 * @throws CliError `cli.key`, `cli.unreadable`; PkiError as `openKeyStore`
 */
export async function openSigner(request: SignRequest, io: CommandIo): Promise<OpenedSigner> {
  const store = await openStore(await readFiles(request, io), request, io)
  const { signer, certificates } = chooseKey(store)
  const [certificate, ...others] = certificates.map(parseCertificate)
  if (certificate === undefined) {
    throw new TypeError('a key with its own certificate has one')
  }
  // A root proves nothing to anybody who does not have it already.
  const authorities = others.filter(
    ({ issuer, subject, sha256 }) => sha256 !== certificate.sha256 && issuer.text !== subject.text,
  )

  return { key: signer, certificate, certificates: authorities }
}
