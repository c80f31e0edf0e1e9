import { readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createTrustStore, isPkiError, type TrustAnchor, type TrustStore } from '@muhr/pki'
import {
  certificateFiles,
  isAuthority,
  readCertificates,
  readTrustFolder,
} from '@muhr/server/trust-roots'
import { usageError } from '../command/cli-error.ts'
import type { CommandIo } from '../command/io.ts'
import { trustFolder } from '../trust/trust-folder.ts'

/** What a verification trusts, and certificates that only help to find a path. */
export type LoadedTrust = {
  readonly store: TrustStore
  readonly helpers: readonly Uint8Array[]
  /** Files of the trust folder that are no certificates. */
  readonly unreadable: readonly string[]
}

type Explicit = {
  readonly anchors: readonly TrustAnchor[]
  readonly helpers: readonly Uint8Array[]
}

const advice = 'Give certificates of authorities, as PEM or DER files or a folder of them.'

async function filesOf(path: string, io: CommandIo): Promise<readonly string[]> {
  const place = resolve(io.cwd, path)
  const info = await stat(place).catch(() => undefined)
  if (info === undefined) {
    throw usageError('There is nothing at the path of --trust.', advice)
  }

  return info.isDirectory()
    ? (await certificateFiles(place)).map((name) => join(place, name))
    : [place]
}

/** Certificates of one `--trust`; in a folder, files that are no certificates are passed over. */
async function readExplicit(path: string, io: CommandIo): Promise<Explicit> {
  const files = await filesOf(path, io)
  const isFile = files.length === 1 && files[0] === resolve(io.cwd, path)
  const certificates = await Promise.all(
    files.map(async (file) => {
      try {
        return readCertificates(await readFile(file))
      } catch (error) {
        if (isFile) {
          throw usageError(
            isPkiError(error)
              ? 'The file of --trust holds no certificate that can be read.'
              : 'The file of --trust cannot be read.',
            advice,
          )
        }

        return []
      }
    }),
  )
  const found = certificates.flat()
  const anchors = found
    .filter(isAuthority)
    .map((certificate) => ({ certificate, origin: 'explicit' as const }))
  if (anchors.length === 0) {
    throw usageError('There is no certificate of an authority at the path of --trust.', advice)
  }

  return {
    anchors,
    helpers: found.filter((certificate) => !isAuthority(certificate)).map(({ bytes }) => bytes),
  }
}

/**
 * The anchors of `--trust`, which a person vouches for now, and those of the installation's folder. The
 * test PKI of a sandbox is never among the latter (design rule 9).
 * @throws CliError `cli.usage`
 */
export async function loadTrust(paths: readonly string[], io: CommandIo): Promise<LoadedTrust> {
  const explicit = await Promise.all(paths.map((path) => readExplicit(path, io)))
  const configured = await readTrustFolder(trustFolder(io))

  return {
    store: createTrustStore([
      ...explicit.flatMap(({ anchors }) => anchors),
      ...configured.trusted.map(({ certificate }) => ({
        certificate,
        origin: 'configured' as const,
      })),
    ]),
    helpers: explicit.flatMap(({ helpers }) => helpers),
    unreadable: configured.unreadable,
  }
}
