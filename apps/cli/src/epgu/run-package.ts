import { checkPackage, packSigned, requestFileName } from '@muhr/epgu/goskey'
import type { RandomAccess, WrittenZip } from '@muhr/zip'
import { type ExitCode, exitCode, usageError } from '../command/cli-error.ts'
import type { CommandIo } from '../command/io.ts'
import { plainText, printableJson } from '../command/plain-text.ts'
import { expectFree, writeOutput } from '../sign/write-output.ts'
import { fileDocument } from './file-document.ts'
import { keyOptions, keyUsage, parseEpguArguments } from './gateway-options.ts'
import { openSealingKey } from './open-sealing-key.ts'
import { packageRulesOf, ruleOptions, ruleUsage } from './package-rules.ts'
import { presentCheck, renderCheck } from './present-check.ts'

const usage = `muhr epgu package FILE... --out FILE.zip ${keyUsage} [--order NUMBER] [--service CODE] ${ruleUsage} [--force] [--json]`

/** An archive that is laid out, read from any place. */
function accessTo(zip: WrittenZip): RandomAccess {
  return {
    size: zip.size,
    read: async (start, length) => {
      const pieces: Uint8Array[] = []
      for await (const piece of zip.open({ start, end: Math.min(zip.size, start + length) })) {
        pieces.push(piece)
      }

      return Buffer.concat(pieces)
    },
  }
}

/**
 * `muhr epgu package`: signs every file and packs them flat, each with its `NAME.EXT.sig` beside it
 * (ru-epgu-goskey.md §5.4). A package that breaks a rule is not written; exit code 1.
 */
export async function runPackage(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { values, positionals } = parseEpguArguments(args, {
    usage,
    options: {
      ...keyOptions,
      ...ruleOptions,
      service: { type: 'string' },
      order: { type: 'string' },
      out: { type: 'string' },
      force: { type: 'boolean' },
      json: { type: 'boolean' },
    },
  })
  const { out, order: orderId, json: isJson = false } = values
  if (positionals.length === 0 || out === undefined) {
    throw usageError(
      out === undefined ? 'No place for the package is named.' : 'No file is named.',
      `Usage: ${usage}`,
    )
  }
  if (orderId !== undefined && !/^\d{1,19}$/.test(orderId)) {
    throw usageError(
      '--order is no order number.',
      'Write the digits that muhr epgu reserve prints.',
    )
  }
  await expectFree(out, { io, mayOverwrite: values.force === true })
  const files = await Promise.all(positionals.map((path) => fileDocument(path, { io, orderId })))
  const request = files.find(({ name }) => name === (values.request ?? requestFileName))
  const requestXml = request === undefined ? undefined : await octetsOf(request.open())
  const rules = await packageRulesOf(values, requestXml, io)
  const seal = await openSealingKey(values, io)
  const zip = await packSigned(files, { sign: ({ content }) => seal(content) })
  const check = await checkPackage(accessTo(zip), { ...rules, isSignedHere: true })
  const isKept = check.violations.length === 0
  if (isKept) {
    await writeOutput(out, zip.open(undefined, { isFleeting: true }), io)
  }
  if (isJson) {
    const written = isKept ? { file: out, size: zip.size } : {}
    io.stdout(printableJson({ ...written, ...presentCheck(check, rules) }))
  } else if (isKept) {
    io.stderr(`${plainText(out)}: ${zip.names.length} files, ${zip.size} bytes\n`)
  } else {
    io.stdout(renderCheck(check, { rules, isColoured: io.isColoured }))
    io.stderr('The package breaks rules and was not written.\n')
  }

  return isKept ? exitCode.passed : exitCode.failed
}

async function octetsOf(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<Uint8Array> {
  const all: Uint8Array[] = []
  for await (const piece of pieces) {
    all.push(piece)
  }

  return Buffer.concat(all)
}
