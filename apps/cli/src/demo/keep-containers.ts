import { mkdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { readZip } from '@muhr/zip'
import { processIo } from '../command/io.ts'
import { runVerify } from '../verify/run-verify.ts'
import { DemoError } from './api.ts'

type Manifest = {
  readonly signatures: readonly { readonly path: string; readonly content: string }[]
}

/** Of a bundle that our own demo has made. */
const limits = { entries: 1_000, totalBytes: 50_000_000, ratio: 1_000 } as const

/**
 * Lays every container of an evidence bundle beside its content, as `NN-name` and `NN-name.p7s`, so that any tool
 * can check it, and checks each as `muhr verify` does.
 * @returns how many there are
 * @throws DemoError `demo.unverified`
 */
export async function keepContainers(
  bundle: Uint8Array,
  { folder, caFile }: { readonly folder: string; readonly caFile: string },
): Promise<number> {
  const files = readZip(bundle, { limits })
  const bytesOf = (path: string): Uint8Array => files.get(path) ?? new Uint8Array()
  const { signatures }: Manifest = JSON.parse(
    Buffer.from(bytesOf('manifest.json')).toString('utf8'),
  )
  await mkdir(folder, { recursive: true })
  for (const [index, { path, content }] of signatures.entries()) {
    const name = `${String(index + 1).padStart(2, '0')}-${basename(content)}`
    await writeFile(join(folder, name), bytesOf(content))
    await writeFile(join(folder, `${name}.p7s`), bytesOf(path))
  }
  const silent = { ...processIo(), stdout: () => undefined, stderr: () => undefined }
  const code = await runVerify([folder, '--trust', caFile], silent)
  if (code !== 0 || signatures.length === 0) {
    throw new DemoError({
      code: 'demo.unverified',
      message: `muhr verify ends with ${code} over ${signatures.length} containers.`,
      advice: `Look at them: npx muhr verify ${folder} --trust ${caFile}`,
    })
  }

  return signatures.length
}
