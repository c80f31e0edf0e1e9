import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packZip } from './pack-zip.ts'
import { readZip } from './read-zip.ts'
import { limits, readingOf } from './testing/reading-of.ts'

const twoFiles = [
  { path: 'a.txt', bytes: Buffer.from('one') },
  { path: 'папка/б.txt', bytes: Buffer.from('два') },
]

const has = (command: string): boolean => spawnSync(command, ['--help']).error === undefined

describe.skipIf(!has('zip') || !has('unzip'))('Info-ZIP', () => {
  const inFolder = async (use: (folder: string) => void | Promise<void>): Promise<void> => {
    const folder = mkdtempSync(join(tmpdir(), 'muhr-zip-'))
    try {
      await use(folder)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }

  it('unpacks what Muhr wrote to the same names and bytes', async () => {
    await inFolder(async (folder) => {
      writeFileSync(join(folder, 'a.zip'), packZip(twoFiles))
      const { status } = spawnSync('unzip', ['-q', 'a.zip'], {
        cwd: folder,
        env: { ...process.env, LC_ALL: 'C.UTF-8' },
      })
      expect(status).toBe(0)
      expect(readFileSync(join(folder, 'папка/б.txt'), 'utf8')).toBe('два')
    })
  })

  it('writes what is read, folders left out; a link is refused', async () => {
    await inFolder(async (folder) => {
      mkdirSync(join(folder, 'in/папка'), { recursive: true })
      writeFileSync(join(folder, 'in/a.txt'), 'одно и то же '.repeat(40))
      writeFileSync(join(folder, 'in/папка/б.txt'), 'два')
      const zip = (...args: string[]) =>
        spawnSync('zip', ['-q', '-r', '-y', ...args, '.'], {
          cwd: join(folder, 'in'),
          env: { ...process.env, LC_ALL: 'C.UTF-8' },
        })
      zip('../good.zip')
      const files = readZip(readFileSync(join(folder, 'good.zip')), { limits })
      expect([...files.keys()].sort()).toEqual(['a.txt', 'папка/б.txt'])
      symlinkSync('/etc/passwd', join(folder, 'in/link'))
      zip('../link.zip')
      expect(await readingOf(readFileSync(join(folder, 'link.zip')))).toBe('zip.not-a-file')
    })
  })

  it('writes data descriptors and packed files, which are read; the 64-bit form is refused', async () => {
    await inFolder(async (folder) => {
      writeFileSync(join(folder, 'a.txt'), 'одно и то же '.repeat(40))
      spawnSync('sh', ['-c', 'zip -q - a.txt | cat > a.zip'], { cwd: folder })
      const zip = readFileSync(join(folder, 'a.zip'))
      expect(zip.readUInt16LE(6) & 8).toBe(8)
      expect(await readingOf(zip)).toEqual(['a.txt'])
      spawnSync('zip', ['-q', '-fz', 'b.zip', 'a.txt'], { cwd: folder })
      expect(await readingOf(readFileSync(join(folder, 'b.zip')))).toBe('zip.zip64')
    })
  })

  it('writes encrypted entries, which are refused', async () => {
    await inFolder(async (folder) => {
      writeFileSync(join(folder, 'a.txt'), 'x')
      spawnSync('zip', ['-q', '-P', 'secret', 'a.zip', 'a.txt'], { cwd: folder })
      expect(await readingOf(readFileSync(join(folder, 'a.zip')))).toBe('zip.encrypted')
    })
  })
})
