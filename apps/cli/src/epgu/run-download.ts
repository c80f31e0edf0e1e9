import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Gateway, type OrderFile, parseOrderId } from '@muhr/epgu'
import { foldPath, safeFileName } from '@muhr/zip'
import { CliError, type ExitCode, exitCode, usageError } from '../command/cli-error.ts'
import type { CommandIo } from '../command/io.ts'
import { plainText, printableJson } from '../command/plain-text.ts'
import { expectFree, writeOutput } from '../sign/write-output.ts'
import { gatewayOptions, gatewayUsage, onlyOne, parseEpguArguments } from './gateway-options.ts'
import { openGateway } from './open-gateway.ts'

const usage = `muhr epgu download NUMBER --out FOLDER [--sent] [--service CODE] [--route current|old|current-then-old] [--force] ${gatewayUsage}`

const routes = ['current', 'old', 'current-then-old'] as const

/** A name in the folder for each file: safe on every system, and no two the same. */
export function nameFiles(files: readonly Pick<OrderFile, 'fileName'>[]): readonly string[] {
  const taken = new Set<string>()

  return files.map(({ fileName }) => {
    const wanted = safeFileName(fileName)
    const free = (name: string): boolean => !taken.has(foldPath(name))
    let name = wanted
    for (let count = 2; !free(name); count += 1) {
      name = wanted.replace(/(\.[^.]*)?$/, `-${count}$1`)
    }
    taken.add(foldPath(name))

    return name
  })
}

type Saving = {
  readonly gateway: Gateway
  readonly serviceCode: string
  readonly route: (typeof routes)[number]
  readonly folder: string
  readonly io: CommandIo
}

async function saveFile(
  file: OrderFile,
  { name, saving }: { readonly name: string; readonly saving: Saving },
) {
  const { gateway, serviceCode, route, folder, io } = saving
  if (file.address === undefined) {
    throw new CliError({
      code: 'cli.no-answer',
      message: `The portal gives no readable link of ${plainText(file.fileName)}.`,
      advice: 'Look at the order: muhr epgu status NUMBER --json.',
    })
  }
  const { body } = await gateway.downloadFile(file.address, { serviceCode, route })
  const hash = createHash('sha256')
  let size = 0
  const counted = async function* () {
    for await (const piece of body) {
      hash.update(piece)
      size += piece.byteLength
      yield piece
    }
  }
  await writeOutput(join(folder, name), counted(), io)

  return { fileName: file.fileName, file: join(folder, name), size, sha256: hash.digest('hex') }
}

/**
 * `muhr epgu download`: every result file of an order into a folder (ru-epgu-goskey.md §4.2), with
 * `--sent` the sent ones. A name from the portal becomes a safe one; exit code 1 when there are none.
 */
export async function runDownload(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { values, positionals } = parseEpguArguments(args, {
    usage,
    options: {
      ...gatewayOptions,
      out: { type: 'string' },
      sent: { type: 'boolean' },
      service: { type: 'string' },
      route: { type: 'string' },
      force: { type: 'boolean' },
    },
  })
  const orderId = parseOrderId(onlyOne(positionals, usage))
  const { out, route: wanted = 'current' } = values
  const route = routes.find((each) => each === wanted)
  if (out === undefined || route === undefined) {
    throw usageError(
      out === undefined ? 'No folder is named.' : '--route is unknown.',
      `Usage: ${usage}`,
    )
  }
  const gateway = await openGateway(values, io)
  const { order } = await gateway.orderDetails(orderId)
  const files = (values.sent === true ? order?.attachmentFiles : order?.responseFiles) ?? []
  const names = nameFiles(files)
  await mkdir(resolve(io.cwd, out), { recursive: true })
  for (const name of names) {
    await expectFree(join(out, name), { io, mayOverwrite: values.force === true })
  }
  const saved: Awaited<ReturnType<typeof saveFile>>[] = []
  const serviceCode = values.service ?? order?.serviceCode ?? ''
  for (const [index, file] of files.entries()) {
    const name = names[index] ?? file.fileName
    saved.push(
      await saveFile(file, { name, saving: { gateway, serviceCode, route, folder: out, io } }),
    )
  }
  if (values.json === true) {
    io.stdout(printableJson({ orderId, statusId: order?.statusId ?? null, files: saved }))
  } else {
    io.stdout(saved.map(({ file, size }) => `${plainText(file)}  ${size} bytes\n`).join(''))
  }
  if (files.length === 0) {
    io.stderr('The order has no such files yet.\n')
  }

  return files.length === 0 ? exitCode.failed : exitCode.passed
}
