import { closeSync, openSync, readSync } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { beginsAsSignedData, looksLikeSignature } from '@muhr/pki'
import { CliError } from '../command/cli-error.ts'
import type { CommandIo } from '../command/io.ts'

/** One file to be verified. */
export type Target = {
  /** As the person named it, or its path below the folder that was named. */
  readonly file: string
  /** Absolute; `-` is standard input. */
  readonly path: string
  /** Where the document of a detached signature may be: files beside it, the likeliest first; absolute. */
  readonly beside?: readonly string[]
}

export type Targets = {
  readonly targets: readonly Target[]
  /** Files of folders that are no signatures by name or by their first octets. */
  readonly passedOver: number
  /** Was a folder named? Then there may be any number of files. */
  readonly hasFolder: boolean
}

/** Names that signatures and bundles bear; what bears one is told of even when it cannot be read. */
const signatureName = /\.(p7s|p7m|p7b64|pkcs7|sig|sgn|sign|cms)$/i
const headBytes = 64 * 1024
/** So much tells most documents from signatures. */
const startBytes = 1024
/** Of one stem so many files are tried. */
const maxOfStem = 4

/** Where the first name stands that is not before `wanted`. */
function placeOf(wanted: string, names: readonly string[]): number {
  let low = 0
  let high = names.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((names[middle] ?? wanted) < wanted) {
      low = middle + 1
    } else {
      high = middle
    }
  }

  return low
}

/**
 * Names of files that may be the document of a detached signature: for `contract.pdf.sig` it is
 * `contract.pdf`, for `contract.sig` every file of that stem. Whether one is the document, its digest
 * tells. `names` are sorted, since a folder may hold many thousands.
 */
export function documentNamesOf(name: string, names: readonly string[]): readonly string[] {
  const stem = name.replace(signatureName, '')
  if (stem === name || stem === '') {
    return []
  }

  const found = names[placeOf(stem, names)] === stem ? [stem] : []
  const most = found.length + maxOfStem
  const start = `${stem}.`
  for (let at = placeOf(start, names); found.length < most; at += 1) {
    const other = names[at]
    if (other?.startsWith(start) !== true) {
      break
    }
    if (!signatureName.test(other)) {
      found.push(other)
    }
  }

  return found
}

/** One for all files of a folder: they are looked at in turn. */
const headBuffer = new Uint8Array(headBytes)

/** First octets of bundles and of markup, white space and byte order marks before it included. */
const promisingOctets = [0x50, 0x3c, 0xef, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20, 0xa0]

/** Does a file that starts so need a longer look? Text may be base64. */
function isPromising(start: Uint8Array): boolean {
  return (
    beginsAsSignedData(start) ||
    promisingOctets.includes(start[0] ?? 0) ||
    !start.some((octet) => octet < 0x09)
  )
}

/**
 * The first octets of a file, until the next call; few of one that is no signature by those. A trip to
 * another thread would cost more than the read.
 */
function headOf(path: string): Uint8Array {
  const file = openSync(path, 'r')
  try {
    const start = headBuffer.subarray(0, readSync(file, headBuffer, 0, startBytes, 0))

    return start.length === startBytes && isPromising(start)
      ? headBuffer.subarray(0, readSync(file, headBuffer, 0, headBytes, 0))
      : start
  } finally {
    closeSync(file)
  }
}

/** {@link headOf}; of a file that cannot be read, nothing. */
function readableHeadOf(path: string): Uint8Array {
  try {
    return headOf(path)
  } catch {
    return new Uint8Array()
  }
}

/** Would a person expect this file to be verified? */
function isCandidate(name: string, path: string): boolean {
  if (signatureName.test(name)) {
    return true
  }
  const head = readableHeadOf(path)
  const text = Buffer.from(head.buffer, head.byteOffset, head.length).toString('latin1')
  if (text.startsWith('PK\x03\x04')) {
    return text.includes('manifest.json')
  }

  return /^(?:\xef\xbb\xbf)?\s*</.test(text)
    ? text.includes('http://www.w3.org/2000/09/xmldsig#')
    : looksLikeSignature(head)
}

/** Files below a folder, sorted by path; links are not followed, hidden names are passed over. */
async function walk(folder: string): Promise<readonly { folder: string; name: string }[]> {
  const entries = (await readdir(folder, { withFileTypes: true })).toSorted((left, right) =>
    left.name < right.name ? -1 : 1,
  )
  const found = await Promise.all(
    entries
      .filter(({ name }) => !name.startsWith('.'))
      .map(async (entry) =>
        entry.isDirectory()
          ? walk(join(folder, entry.name))
          : entry.isFile()
            ? [{ folder, name: entry.name }]
            : [],
      ),
  )

  return found.flat()
}

async function targetsOfFolder(file: string, folder: string): Promise<Targets> {
  const files = await walk(folder)
  const namesOf = new Map(
    [...Map.groupBy(files, (each) => each.folder)].map(([place, inside]) => [
      place,
      inside.map(({ name }) => name).sort(),
    ]),
  )
  const targets: Target[] = []
  for (const { folder: place, name } of files) {
    const path = join(place, name)
    if (isCandidate(name, path)) {
      const names = documentNamesOf(name, namesOf.get(place) ?? [])
      targets.push(targetOf({ file: join(file, path.slice(folder.length)), path }, names))
    }
  }

  return { targets, passedOver: files.length - targets.length, hasFolder: true }
}

function targetOf(
  { file, path }: { readonly file: string; readonly path: string },
  names: readonly string[],
): Target {
  return names.length === 0
    ? { file, path }
    : { file, path, beside: names.map((name) => join(dirname(path), name)) }
}

async function namedTarget(file: string, path: string): Promise<Target> {
  const name = basename(path)
  if (file === '-' || !signatureName.test(name)) {
    return { file, path }
  }
  const entries = await readdir(dirname(path), { withFileTypes: true }).catch(() => [])
  const names = entries.filter((entry) => entry.isFile()).map((entry) => entry.name)

  return targetOf({ file, path }, documentNamesOf(name, names.sort()))
}

/**
 * What the arguments of `muhr verify` name: files as they are, folders with all signatures and bundles
 * below them, each with the files beside it that may be its document.
 * @throws CliError `cli.unreadable` for a folder that may not be read
 */
export async function findTargets(files: readonly string[], io: CommandIo): Promise<Targets> {
  const found = await Promise.all(
    files.map(async (file): Promise<Targets> => {
      const path = file === '-' ? file : resolve(io.cwd, file)
      const info = file === '-' ? undefined : await lstat(path).catch(() => undefined)
      if (info?.isDirectory() !== true) {
        return { targets: [await namedTarget(file, path)], passedOver: 0, hasFolder: false }
      }
      try {
        return await targetsOfFolder(file, path)
      } catch (cause) {
        throw new CliError({
          code: 'cli.unreadable',
          message: 'The folder, or one in it, cannot be read.',
          advice: 'Check the rights of the folder.',
          data: { path: file },
          cause,
        })
      }
    }),
  )

  return {
    targets: found.flatMap(({ targets }) => targets),
    passedOver: found.reduce((sum, { passedOver }) => sum + passedOver, 0),
    hasFolder: found.some(({ hasFolder }) => hasFolder),
  }
}
