import { mkdtemp, open, rm, stat, statfs } from 'node:fs/promises'
import path from 'node:path'
import type { Config } from '../config/index.ts'
import type { Finding } from './finding.ts'

const check = 'data folder'
const littleBytes = 1_000_000_000
const tooLittleBytes = 100_000_000

/** Whether the data folder can be written and synced, is closed to others, and has room. */
export async function checkDataFolder({
  dataDir,
}: Pick<Config, 'dataDir'>): Promise<readonly Finding[]> {
  const info = await stat(dataDir).catch(() => undefined)

  if (info === undefined) {
    return [{ check, result: 'notice', message: `${dataDir} will be made at the first start.` }]
  }

  return [await checkWriting(dataDir), checkMode(dataDir, info.mode), await checkRoom(dataDir)]
}

async function checkWriting(dataDir: string): Promise<Finding> {
  try {
    const folder = await mkdtemp(path.join(dataDir, '.doctor-'))

    try {
      const handle = await open(path.join(folder, 'probe'), 'wx')
      await handle.writeFile('probe')
      await handle.sync()
      await handle.close()
    } finally {
      await rm(folder, { recursive: true, force: true })
    }

    return { check, result: 'passed', message: `${dataDir} can be written.` }
  } catch (error) {
    return {
      check,
      result: 'failed',
      message: `${dataDir} cannot be written (${(error as NodeJS.ErrnoException).code}).`,
      advice:
        'Start Muhr as the user that the folder belongs to, or set MUHR_DATA to another folder.',
    }
  }
}

function checkMode(dataDir: string, mode: number): Finding {
  return (mode & 0o077) === 0
    ? { check, result: 'passed', message: 'Other users of this machine cannot look into it.' }
    : {
        check,
        result: 'warning',
        message: 'Other users of this machine can look into it.',
        advice: `chmod 700 ${dataDir}`,
      }
}

async function checkRoom(dataDir: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(dataDir)
  const bytes = bavail * bsize
  const message = `${(bytes / 1e9).toFixed(1)} GB are free there.`

  if (bytes >= littleBytes) {
    return { check, result: 'passed', message }
  }

  return {
    check,
    result: bytes < tooLittleBytes ? 'failed' : 'warning',
    message,
    advice: 'Make room, or move the folder to a larger disk (MUHR_DATA).',
  }
}
