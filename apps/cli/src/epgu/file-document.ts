import { stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { documentOf, documentOfFile, type PackageDocument } from '@muhr/epgu/goskey'
import { CliError, usageError } from '../command/cli-error.ts'
import type { CommandIo } from '../command/io.ts'
import { readInput } from '../command/read-input.ts'

/** Stands in an XML file for the number of the order. */
export const orderPlaceholder = '{{orderId}}'

/**
 * A file of the command line as a document of a package, read when it is needed. In XML files the number
 * of the order takes the place of its placeholder.
 * @throws CliError `cli.unreadable`; `cli.usage` where a placeholder has no number
 */
export async function fileDocument(
  path: string,
  { io, orderId }: { readonly io: CommandIo; readonly orderId: string | undefined },
): Promise<PackageDocument> {
  const place = resolve(io.cwd, path)
  const name = basename(place)
  if (/\.xml$/i.test(name)) {
    return documentOf(name, withNumber(await readInput(path, io), { path, orderId }))
  }
  const info = await stat(place).catch(() => undefined)
  if (info?.isFile() !== true) {
    throw new CliError({
      code: 'cli.unreadable',
      message: 'There is no such file.',
      advice: 'Check the path and the rights of the file.',
      data: { path },
    })
  }

  return documentOfFile(place)
}

function withNumber(
  bytes: Uint8Array,
  { path, orderId }: { readonly path: string; readonly orderId: string | undefined },
): Uint8Array {
  const octets = Buffer.from(bytes)
  if (!octets.includes(orderPlaceholder)) {
    return bytes
  }
  if (orderId === undefined) {
    throw usageError(
      `The number of the order is missing in ${basename(path)}.`,
      'Reserve one, muhr epgu reserve, and write it: --order NUMBER.',
    )
  }

  // Octet by octet, so that a file in another encoding than UTF-8 stays what it is.
  return Buffer.from(octets.toString('latin1').replaceAll(orderPlaceholder, orderId), 'latin1')
}
