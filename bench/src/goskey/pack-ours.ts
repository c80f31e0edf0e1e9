import { open, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildPackage, documentOfFile } from '@muhr/epgu/goskey'
import { openSoftwareKey } from '@muhr/signer-key'

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
    documents: await Promise.all(names.map((name) => documentOfFile(join(folder, name)))),
    sealedAt,
    sign: ({ content }) => key.signDetached(content, { signingTime: sealedAt }),
  })
  const file = await open(zipFile, 'w')
  try {
    for await (const piece of zip.open(undefined, { isFleeting: true })) {
      await file.writeFile(piece)
    }
  } finally {
    await file.close()
  }
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
