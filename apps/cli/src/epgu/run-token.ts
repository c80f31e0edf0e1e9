import { type ExitCode, exitCode } from '../command/cli-error.ts'
import type { CommandIo } from '../command/io.ts'
import { plainText, printableJson } from '../command/plain-text.ts'
import { expectFree, writeOutput } from '../sign/write-output.ts'
import { gatewayOptions, gatewayUsage, parseEpguArguments } from './gateway-options.ts'
import { openTokens } from './open-gateway.ts'

const usage = `muhr epgu token [--out FILE] [--force] ${gatewayUsage}`

/**
 * `muhr epgu token`: a token of ESIA by the API-Key (ru-epgu-goskey.md §1), on standard output or into a
 * file that only its owner can read.
 */
export async function runToken(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { values } = parseEpguArguments(args, {
    usage,
    options: { ...gatewayOptions, out: { type: 'string' }, force: { type: 'boolean' } },
  })
  const { out, json: isJson = false } = values
  if (out !== undefined) {
    await expectFree(out, { io, mayOverwrite: values.force === true })
  }
  const tokens = await openTokens(values, io)
  const token = await tokens.get()
  const { claims } = token
  if (out !== undefined) {
    await writeOutput(out, [Buffer.from(`${token.value}\n`)], io, { mode: 0o600 })
  }
  const shown = out === undefined ? { accessTkn: token.value } : { file: out }
  if (isJson) {
    io.stdout(
      printableJson({
        ...shown,
        expiresAt: token.expiresAt.toISOString(),
        clientId: claims?.clientId ?? null,
        subjectOid: claims?.subjectOid ?? null,
        organisationOids: claims?.organisationOids ?? [],
        scopes: claims?.scopes ?? [],
      }),
    )
  } else if (out === undefined) {
    io.stdout(`${token.value}\n`)
  }
  if (!isJson) {
    const owner = claims?.clientId === undefined ? '' : ` of ${plainText(claims.clientId)}`
    io.stderr(`Token${owner}, good until ${token.expiresAt.toISOString()}\n`)
  }

  return exitCode.passed
}
