import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Certificate, writePem } from '@muhr/pki'
import { readCertificates } from './read-certificates.ts'

/** A certificate in the trust folder, and the file that holds it. */
export type TrustedCertificate = { readonly certificate: Certificate; readonly file: string }

/** Files of a folder that may hold certificates. */
export const certificateFileName = /\.(cer|crt|pem|der)$/i

/** Names of the files in a folder that may hold certificates, sorted; none when it is not there. */
export async function certificateFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && Reflect.get(error, 'code') === 'ENOENT') {
      return []
    }
    throw error
  })

  return names.filter((name) => certificateFileName.test(name)).sort()
}

/** Everything in the trust folder; files that cannot be read are named apart. */
export async function readTrustFolder(folder: string): Promise<{
  readonly trusted: readonly TrustedCertificate[]
  readonly unreadable: readonly string[]
}> {
  const trusted: TrustedCertificate[] = []
  const unreadable: string[] = []
  for (const name of await certificateFiles(folder)) {
    const file = join(folder, name)
    try {
      for (const certificate of readCertificates(await readFile(file))) {
        trusted.push({ certificate, file })
      }
    } catch {
      unreadable.push(file)
    }
  }

  return { trusted, unreadable }
}

/** Adds a certificate under its fingerprint: the file is whole or absent, whatever happens. */
export async function addToTrustFolder(folder: string, certificate: Certificate): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o755 })
  const file = join(folder, `${certificate.sha256}.pem`)
  const temporary = join(folder, `.${randomBytes(6).toString('hex')}.tmp`)
  const handle = await open(temporary, 'wx', 0o644)
  try {
    await handle.writeFile(writePem('CERTIFICATE', certificate.bytes))
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(temporary, file)
  await syncFolder(folder)

  return file
}

/** Takes one certificate out; others of the same file stay. */
export async function removeFromTrustFolder(
  folder: string,
  { certificate, file }: TrustedCertificate,
): Promise<void> {
  const others = readCertificates(await readFile(file)).filter(
    ({ sha256 }) => sha256 !== certificate.sha256,
  )
  for (const other of others) {
    await addToTrustFolder(folder, other)
  }
  await rm(file)
  await syncFolder(folder)
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
