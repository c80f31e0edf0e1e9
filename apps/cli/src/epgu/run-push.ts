import { openAsBlob } from 'node:fs'
import { resolve } from 'node:path'
import { type Gateway, type OrderMeta, type PackageSource, sourceFromBlob } from '@muhr/epgu'
import { CliError, type ExitCode, exitCode, usageError } from '../command/cli-error.ts'
import type { CommandIo } from '../command/io.ts'
import { printableJson } from '../command/plain-text.ts'
import { createProgressBar } from '../command/progress-bar.ts'
import {
  gatewayOptions,
  gatewayUsage,
  onlyOne,
  parseEpguArguments,
  readMeta,
  serviceOptions,
  serviceUsage,
  wholeNumber,
} from './gateway-options.ts'
import { openGateway } from './open-gateway.ts'

const usage = `muhr epgu push FILE.zip ${serviceUsage} [--chunked [--order NUMBER] [--chunk-bytes N] [--parallel N]] [--name NAME] ${gatewayUsage}`

async function openPackage(path: string, io: CommandIo): Promise<PackageSource> {
  try {
    return sourceFromBlob(await openAsBlob(resolve(io.cwd, path)))
  } catch (cause) {
    throw new CliError({
      code: 'cli.unreadable',
      message: 'The package cannot be read.',
      advice: 'Check the path and the rights of the file.',
      data: { path },
      cause,
    })
  }
}

type Sending = {
  readonly gateway: Gateway
  readonly meta: OrderMeta
  readonly source: PackageSource
  readonly io: CommandIo
  readonly name?: string
}

/** A bar of sent bytes where somebody watches. */
function progressOf({ io, source }: Sending) {
  const { terminal } = io

  return terminal === undefined
    ? undefined
    : createProgressBar(terminal, { total: source.size, nowMs: () => io.now().getTime() })
}

/**
 * The number is told before the upload begins: it is how a lost answer is resolved (ru-epgu-goskey.md
 * §3.4).
 */
async function pushChunked(
  sending: Sending,
  options: { readonly order?: string; readonly chunkBytes?: number; readonly parallel?: number },
) {
  const { gateway, meta, source, io, name } = sending
  const { order, chunkBytes, parallel } = options
  const orderId = order ?? (await gateway.reserveOrder(meta))
  io.stderr(`Order ${orderId}\n`)
  const bar = progressOf(sending)
  try {
    const { chunks } = await gateway.pushChunks({
      orderId,
      meta,
      source,
      onProgress: ({ sentBytes }) => bar?.tell(sentBytes),
      ...(name === undefined ? {} : { name }),
      ...(chunkBytes === undefined ? {} : { chunkBytes }),
      ...(parallel === undefined ? {} : { parallel }),
    })

    return { orderId, chunks }
  } finally {
    bar?.clear()
  }
}

async function pushAtOnce(sending: Sending) {
  const { gateway, meta, source, name } = sending
  const bar = progressOf(sending)
  try {
    const orderId = await gateway.pushOrder({
      meta,
      source,
      onProgress: (sentBytes) => bar?.tell(sentBytes),
      ...(name === undefined ? {} : { name }),
    })

    return { orderId, chunks: 1 }
  } finally {
    bar?.clear()
  }
}

/**
 * `muhr epgu push`: sends a package in one request (ru-epgu-goskey.md §3.2), or with `--chunked` under a
 * number that is reserved first (§3.3). Exit code 2 when an answer was lost.
 */
export async function runPush(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { values, positionals } = parseEpguArguments(args, {
    usage,
    options: {
      ...gatewayOptions,
      ...serviceOptions,
      chunked: { type: 'boolean' },
      order: { type: 'string' },
      'chunk-bytes': { type: 'string' },
      parallel: { type: 'string' },
      name: { type: 'string' },
    },
  })
  const path = onlyOne(positionals, usage)
  const meta = readMeta(values, usage)
  const chunkBytes = wholeNumber('chunk-bytes', values['chunk-bytes'])
  const parallel = wholeNumber('parallel', values.parallel)
  const { order, name, chunked: isChunked = false } = values
  if (!isChunked && (order !== undefined || chunkBytes !== undefined || parallel !== undefined)) {
    throw usageError('--order, --chunk-bytes and --parallel go with --chunked.', `Usage: ${usage}`)
  }
  const source = await openPackage(path, io)
  const gateway = await openGateway(values, io)
  const sending = { gateway, meta, source, io, ...(name === undefined ? {} : { name }) }
  const sent = isChunked
    ? await pushChunked(sending, {
        ...(order === undefined ? {} : { order }),
        ...(chunkBytes === undefined ? {} : { chunkBytes }),
        ...(parallel === undefined ? {} : { parallel }),
      })
    : await pushAtOnce(sending)
  io.stdout(values.json === true ? printableJson(sent) : `${sent.orderId}\n`)

  return exitCode.passed
}
