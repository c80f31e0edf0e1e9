import { readdir, readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import {
  type Certificate,
  type CertificateList,
  decodeContainer,
  isPkiError,
  type OcspResponse,
  parseCertificate,
  parseCrl,
  parseOcspResponse,
  readPem,
} from '@muhr/pki'
import { type CliError, usageError } from '../command/cli-error.ts'
import type { CommandIo } from '../command/io.ts'
import { readInput } from '../command/read-input.ts'
import type { PathRequest } from './parse-path-arguments.ts'

/** Everything that a path is validated with. */
export type PathFiles = {
  readonly leaf: Certificate
  readonly anchors: readonly Certificate[]
  readonly certificates: readonly Certificate[]
  /** Those that cannot be read stay as they are: a list that says nothing. */
  readonly crls: readonly (CertificateList | Uint8Array)[]
  readonly ocsp: readonly (OcspResponse | Uint8Array)[]
  /** Named files that hold nothing of what they were named for. */
  readonly unreadable: readonly string[]
}

type Kind = 'certificate' | 'crl' | 'ocsp'

const pemLabels: Readonly<Record<Kind, RegExp>> = {
  certificate: /^(X509 |TRUSTED )?CERTIFICATE$/,
  crl: /^(X509 )?CRL$/,
  ocsp: /^OCSP RESPONSE$/,
}

/** Every object of a kind in a file: one as DER or base64, or any number of PEM blocks. */
function objectsOf(file: Uint8Array, kind: Kind): readonly Uint8Array[] {
  const text = Buffer.from(file.buffer, file.byteOffset, file.byteLength).toString('latin1')

  return text.includes('-----BEGIN ')
    ? readPem(text).flatMap(({ label, bytes }) => (pemLabels[kind].test(label) ? [bytes] : []))
    : [decodeContainer(file)]
}

type Read<T> = { readonly objects: readonly T[]; readonly unreadable: readonly string[] }

function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (isPkiError(error)) {
      return undefined
    }
    throw error
  }
}

function notFound(option: string): CliError {
  return usageError(
    `There is nothing that can be read at the path of ${option}.`,
    'Give a file that is there, PEM or DER, or a folder of them.',
  )
}

/** The files at a path of an option; in a folder, all but hidden ones. */
async function filesAt(path: string, { io, option }: { io: CommandIo; option: string }) {
  const place = resolve(io.cwd, path)
  const info = await stat(place).catch(() => undefined)
  if (info === undefined) {
    throw notFound(option)
  }
  if (!info.isDirectory()) {
    return [place]
  }
  const entries = await readdir(place, { withFileTypes: true })

  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ name }) => join(place, name))
    .toSorted()
}

/** Objects of a kind at the paths of an option. A file in a folder that holds none is passed over. */
async function readAt<T>(
  paths: readonly string[],
  {
    io,
    option,
    kind,
    parse,
  }: {
    readonly io: CommandIo
    readonly option: string
    readonly kind: Kind
    readonly parse: (bytes: Uint8Array) => T
  },
): Promise<Read<T>> {
  const objects: T[] = []
  const unreadable: string[] = []
  for (const path of paths) {
    const files = await filesAt(path, { io, option })
    for (const file of files) {
      const bytes = await readFile(file).catch(() => {
        throw notFound(option)
      })
      const encoded = attempt(() => objectsOf(bytes, kind)) ?? []
      const found = encoded.flatMap((each) => attempt(() => [parse(each)]) ?? [])
      objects.push(...found)
      if (found.length < encoded.length || encoded.length === 0) {
        unreadable.push(file)
      }
    }
  }

  return { objects, unreadable }
}

/** What cannot be parsed is kept: it is data that says nothing, which the result has to tell. */
function orRaw<T>(parse: (bytes: Uint8Array) => T): (bytes: Uint8Array) => T | Uint8Array {
  return (bytes) => attempt(() => parse(bytes)) ?? bytes
}

/**
 * Reads every file that a command line names. A leaf of several certificates in one PEM file is the
 * first of them; the others help to build.
 * @throws CliError `cli.usage` (a path of an option), `cli.unreadable`; PkiError of the leaf
 */
export async function readPathFiles(request: PathRequest, io: CommandIo): Promise<PathFiles> {
  const [first, ...rest] = objectsOf(await readInput(request.leaf, io), 'certificate')
  const leaf = parseCertificate(first ?? new Uint8Array())
  const beside = rest.flatMap((bytes) => attempt(() => [parseCertificate(bytes)]) ?? [])
  const certificate = { io, kind: 'certificate', parse: parseCertificate } as const
  const trust = await readAt(request.trust, { ...certificate, option: '--trust' })
  if (trust.objects.length === 0) {
    throw usageError(
      'There is no certificate that can be read at the path of --trust.',
      'Give certificates of authorities, as PEM or DER files or a folder of them.',
    )
  }
  const cert = await readAt(request.cert, { ...certificate, option: '--cert' })
  const crl = await readAt(request.crl, {
    io,
    option: '--crl',
    kind: 'crl',
    parse: orRaw(parseCrl),
  })
  const ocsp = await readAt(request.ocsp, {
    io,
    option: '--ocsp',
    kind: 'ocsp',
    parse: orRaw(parseOcspResponse),
  })

  return {
    leaf,
    anchors: trust.objects,
    certificates: [...beside, ...cert.objects],
    crls: crl.objects,
    ocsp: ocsp.objects,
    unreadable: [...trust.unreadable, ...cert.unreadable, ...crl.unreadable, ...ocsp.unreadable],
  }
}
