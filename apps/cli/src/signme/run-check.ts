import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { SaidSignature } from '@muhr/signme'
import { type ExitCode, exitCode } from '../command/cli-error.ts'
import type { CommandIo } from '../command/io.ts'
import { parseArguments } from '../command/parse-arguments.ts'
import { plainText, printableJson } from '../command/plain-text.ts'
import { expectFree, writeOutput } from '../sign/write-output.ts'
import { fileOrMd5 } from './file-or-md5.ts'
import { openSignme, signedFileOptions, signmeUsage } from './signme-options.ts'

const usage = `muhr signme check FILE|--md5 MD5 [--out FOLDER [--force]] ${signmeUsage}`

const present = (signature: SaidSignature, file: string | undefined) => {
  const { number, signedAt, person, company } = signature

  return {
    number,
    signedAt: signedAt?.at?.toISOString() ?? signedAt?.raw ?? null,
    person: {
      familyName: person.familyName ?? null,
      firstName: person.firstName ?? null,
      patronymic: person.patronymic ?? null,
      phone: person.phone ?? null,
      email: person.email ?? null,
    },
    company: company ?? null,
    certificateStatus: person.certificateStatus ?? null,
    file: file ?? null,
  }
}

const render = (signature: SaidSignature, file: string | undefined): string => {
  const { number, person, company, signedAt } = signature
  const name = [person.familyName, person.firstName, person.patronymic].join(' ').trim()
  const parts = [
    `${number}`,
    name === '' ? '?' : name,
    company?.name,
    signedAt?.at?.toISOString() ?? signedAt?.raw,
    `certificate ${person.certificateStatus ?? '?'}`,
    file,
  ]

  return `${parts.flatMap((part) => (part === undefined ? [] : [plainText(part)])).join('  ')}\n`
}

/**
 * `muhr signme check`: who signed a file, as Sign.Me says (1.2), by its MD5 alone. Nothing of it is
 * verified; --out keeps the containers for `muhr verify`. Exit code 1: nobody. Needs no key.
 */
export async function runCheck(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { values, positionals } = parseArguments(args, {
    usage,
    options: signedFileOptions,
  })
  const { md5, name } = await fileOrMd5(positionals, { md5: values.md5, usage, io })
  const signme = await openSignme(values, io, { needsKey: false })
  const signatures = await signme.check(md5)
  const { out } = values
  const placeOf = ({ number, container }: SaidSignature): string | undefined =>
    out === undefined || container === undefined ? undefined : join(out, `${name}.${number}.p7s`)
  if (out !== undefined) {
    await mkdir(resolve(io.cwd, out), { recursive: true })
  }
  for (const signature of signatures) {
    const place = placeOf(signature)
    if (place !== undefined && signature.container !== undefined) {
      await expectFree(place, { io, mayOverwrite: values.force === true })
      await writeOutput(place, [signature.container], io)
    }
  }
  if (values.json === true) {
    io.stdout(printableJson({ signatures: signatures.map((each) => present(each, placeOf(each))) }))
  } else {
    io.stdout(signatures.map((each) => render(each, placeOf(each))).join(''))
  }
  if (signatures.length === 0) {
    io.stderr('Nobody has signed it, or Sign.Me does not know it.\n')
  }

  return signatures.length === 0 ? exitCode.failed : exitCode.passed
}
