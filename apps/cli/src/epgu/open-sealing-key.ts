import { readdir, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import type { OctetSource } from '@muhr/pki'
import { isSignerKeyError, openSoftwareKey, type UnattendedSignerKey } from '@muhr/signer-key'
import { CliError, usageError } from '../command/cli-error.ts'
import type { CommandIo } from '../command/io.ts'
import { readInput } from '../command/read-input.ts'
import { readPassword } from '../command/read-password.ts'
import { type KeyValues, keyUsage } from './gateway-options.ts'

/** Makes a detached CAdES-BES over the content; what it makes is verified before it is given. */
export type Seal = (content: OctetSource) => Promise<Uint8Array>

/** Files of a key container are small; a folder with more is none. */
const maxFiles = 32

async function readKeyFiles(
  path: string,
  certificates: readonly string[],
  io: CommandIo,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const place = resolve(io.cwd, path)
  const isFolder = (await stat(place).catch(() => undefined))?.isDirectory() === true
  const names = isFolder
    ? (await readdir(place, { withFileTypes: true })).filter((entry) => entry.isFile())
    : []
  if (names.length > maxFiles) {
    throw new CliError({
      code: 'cli.key',
      message: 'The folder of --key is no key container.',
      advice: 'Name the folder NAME.000 with header.key, masks.key and primary.key in it.',
      data: { path },
    })
  }
  const paths = isFolder ? names.map(({ name }) => join(place, name)) : [path]
  const files = new Map<string, Uint8Array>()
  for (const each of paths) {
    files.set(basename(each), await readInput(each, io))
  }
  for (const [index, each] of certificates.entries()) {
    files.set(`certificate-${index}-${basename(each)}`, await readInput(each, io))
  }

  return files
}

/** A key in a file is asked for its password only when it is under one. */
async function openFile(
  values: KeyValues,
  path: string,
  io: CommandIo,
): Promise<UnattendedSignerKey> {
  const files = await readKeyFiles(path, values.cert ?? [], io)
  const { thumbprint, 'password-file': passwordFile } = values
  if (passwordFile === undefined) {
    try {
      return await openSoftwareKey({ files, thumbprint })
    } catch (error) {
      if (!isSignerKeyError(error, 'signer-key.needs-pin')) {
        throw error
      }
    }
  }
  const pin = await readPassword(passwordFile, io)
  if (pin === undefined) {
    throw new CliError({
      code: 'cli.key',
      message: 'The key is under a password.',
      advice: 'Give it in a file: --password-file FILE, or in MUHR_KEY_PASSWORD.',
    })
  }

  return openSoftwareKey({ files, pin, thumbprint })
}

/** A key that was added to this installation over REST; its database is opened for it. */
async function openStored(id: string, io: CommandIo): Promise<UnattendedSignerKey> {
  const { loadConfig, openStoredSignerKey } = await import('@muhr/server')
  const key = await openStoredSignerKey(loadConfig(io.env), id)
  if (key.attendance === 'attended') {
    throw new CliError({
      code: 'cli.key',
      message: 'The key signs in the browser of its clerk alone.',
      advice: 'Use the workbench of the web application, or another key.',
    })
  }

  return key
}

/**
 * The key that signs the API-Key and the files of a package: one in files, or one that is stored in this
 * installation.
 * @throws CliError `cli.usage`, `cli.key`, `cli.unreadable`; SignerKeyError when it does not open
 */
export async function openSealingKey(values: KeyValues, io: CommandIo): Promise<Seal> {
  const { key: path, 'stored-key': stored } = values
  if ((path === undefined) === (stored === undefined)) {
    throw usageError(
      path === undefined ? 'No key is named.' : 'Two keys are named.',
      `Name one: ${keyUsage}`,
    )
  }
  const key =
    path === undefined ? await openStored(stored ?? '', io) : await openFile(values, path, io)

  return (content) => key.signDetached(content, { signingTime: io.now() })
}
