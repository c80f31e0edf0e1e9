import { checkPackage, requestFileName } from '@muhr/epgu/goskey'
import { inMemory, openZip, type RandomAccess, ZipError } from '@muhr/zip'
import { type ExitCode, exitCode } from '../command/cli-error.ts'
import type { CommandIo } from '../command/io.ts'
import { printableJson } from '../command/plain-text.ts'
import { openInput } from '../command/read-input.ts'
import { onlyOne, parseEpguArguments } from './gateway-options.ts'
import { packageRulesOf, ruleOptions, ruleUsage } from './package-rules.ts'
import { presentCheck, renderCheck } from './present-check.ts'

const usage = `muhr epgu check FILE.zip [--service CODE] ${ruleUsage} [--json]`

/** A request file larger than that is not read to find out whose it is. */
const maxRequestBytes = 1024 * 1024

/** The request file of an archive; undefined when there is none, or the archive cannot be read. */
export async function requestOfArchive(
  access: RandomAccess,
  requestName: string,
): Promise<Uint8Array | undefined> {
  try {
    const entries = await openZip(access, {
      limits: { entries: 1_000, totalBytes: 1024 ** 3, ratio: 1_000 },
      report: () => undefined,
    })
    const entry = entries.find(({ name, fault }) => name === requestName && fault === undefined)
    if (entry === undefined || entry.size > maxRequestBytes) {
      return undefined
    }
    const chunks: Uint8Array[] = []
    for await (const chunk of entry.open()) {
      chunks.push(chunk)
    }

    return Buffer.concat(chunks)
  } catch (error) {
    if (error instanceof ZipError) {
      return undefined
    }
    throw error
  }
}

/**
 * `muhr epgu check`: a ready-made package, rule by rule, before it is sent (ru-epgu-goskey.md §5.4). Exit
 * code 0 when every rule is kept, 1 when one is broken.
 */
export async function runCheck(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { values, positionals } = parseEpguArguments(args, {
    usage,
    options: { ...ruleOptions, service: { type: 'string' }, json: { type: 'boolean' } },
  })
  const path = onlyOne(positionals, usage)
  const input = await openInput(path, io)
  try {
    const { source } = input
    const access = source instanceof Uint8Array ? inMemory(source) : source
    const requestXml = await requestOfArchive(access, values.request ?? requestFileName)
    const rules = await packageRulesOf(values, requestXml, io)
    const check = await checkPackage(access, rules)
    io.stdout(
      values.json === true
        ? printableJson(presentCheck(check, rules))
        : renderCheck(check, { rules, isColoured: io.isColoured }),
    )

    return check.violations.length === 0 ? exitCode.passed : exitCode.failed
  } finally {
    await input.close()
  }
}
