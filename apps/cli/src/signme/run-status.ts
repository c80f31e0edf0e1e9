import { type ExitCode, exitCode } from '../command/cli-error.ts'
import type { CommandIo } from '../command/io.ts'
import { parseArguments } from '../command/parse-arguments.ts'
import { plainText, printableJson } from '../command/plain-text.ts'
import { openSignme, readHandle, signmeOptions, signmeUsage } from './signme-options.ts'

const usage = `muhr signme status SUFFIX|UUID|- ${signmeUsage}`

/** `muhr signme status`: what Sign.Me says became of a request (1.4, 2.2). Needs no key. */
export async function runStatus(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { values, positionals } = parseArguments(args, { options: signmeOptions, usage })
  const { kind, text } = await readHandle(positionals, { usage, io })
  const signme = await openSignme(values, io, { needsKey: false })
  const said = await (kind === 'file' ? signme.status(text) : signme.groupStatus(text))
  if (values.json === true) {
    io.stdout(printableJson({ ...said, comment: said.comment ?? null }))
  } else {
    const comment = said.comment === undefined ? '' : `  ${plainText(said.comment)}`
    io.stdout(`${said.state}${comment}\n`)
  }

  return exitCode.passed
}
