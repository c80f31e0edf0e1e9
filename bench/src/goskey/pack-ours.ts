import { createReadStream, createWriteStream } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { buildPackage, type PackageDocument } from '@muhr/epgu/goskey'
import { openSoftwareKey } from '@muhr/signer-key'

/** As the product's store reads its files. */
const pieceBytes = 256 * 1024

/** One file of a folder, read in pieces each time that it is asked for. */
async function documentAt(folder: string, name: string): Promise<PackageDocument> {
  const path = join(folder, name)
  const { size } = await stat(path)

  return {
    name,
    size,
    open: (range) =>
      createReadStream(path, {
        highWaterMark: pieceBytes,
        ...(range === undefined ? {} : { start: range.start, end: range.end - 1 }),
      }),
  }
}

/** Signs the documents of a folder by a PEM key and writes the package. */
async function packFolder(folder: string, keyFile: string, zipFile: string): Promise<void> {
  const key = await openSoftwareKey({ files: new Uint8Array(await readFile(keyFile)) })
  const names = (await readdir(folder)).filter((name) => name.endsWith('.pdf')).sort()
  const sealedAt = new Date()
  const zip = await buildPackage({
    request: {
      service: 'person-ukep',
      profile: '1.9',
      recipient: { kind: 'person', snils: '112-233-445 95' },
      description: 'Fifteen documents',
      expiresAt: new Date(sealedAt.getTime() + 23 * 3_600_000),
      attributes: [
        { name: 'orgName', value: 'TEST' },
        { name: 'orgINN', value: '7700000000' },
      ],
    },
    documents: await Promise.all(names.map((name) => documentAt(folder, name))),
    sealedAt,
    sign: ({ content }) => key.signDetached(content, { signingTime: sealedAt }),
  })
  await pipeline(zip.open(), createWriteStream(zipFile))
}

export type PackCost = { readonly wallMs: number; readonly cpuMs: number }

/** Cost of one run in a process that has started, all its threads included. */
async function costOf(run: () => Promise<void>): Promise<PackCost> {
  const before = { wall: performance.now(), cpu: process.cpuUsage() }
  await run()
  const { user, system } = process.cpuUsage(before.cpu)

  return { wallMs: performance.now() - before.wall, cpuMs: (user + system) / 1000 }
}

/** `KEY ZIP FOLDER...`: packs the folders in turn, each over the last, and prints what each took. */
const [keyFile = '', zipFile = '', ...folders] = process.argv.slice(2)
for (const folder of folders) {
  const cost = await costOf(() => packFolder(folder, keyFile, zipFile))
  process.stdout.write(`${JSON.stringify(cost)}\n`)
}
