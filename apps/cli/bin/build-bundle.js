import fs from 'node:fs'
import path from 'node:path'
import { tryLock } from '../../server/src/process/process-lock.js'
import {
  bundledCommands,
  bundlesFolder,
  findBundle,
  hashInputs,
  inputOf,
  writeStamp,
} from './find-bundle.js'

/** Bundles that somebody may still be running are left for so long. */
const keptMs = 60 * 60_000

/**
 * Makes the bundle of the commands that read files, unless it is there, and returns its program. Undefined
 * where it cannot be made now: packages missing, a folder that may not be written to, another process at
 * it, a file that is being changed. The sources do the same, and start more slowly.
 */
export async function makeBundle(root) {
  try {
    return findBundle(root) ?? (await build(root))
  } catch {
    return undefined
  }
}

async function build(root) {
  const { rolldown } = await import('rolldown')
  const taken = tryLock(path.join(root, '.muhr/bundle'))
  if (!taken.held) {
    return undefined
  }
  const draft = path.join(bundlesFolder(root), `draft-${process.pid}`)
  try {
    // Whoever held the lock until now has made it.
    const made = findBundle(root)
    if (made !== undefined) {
      return made
    }
    const startMs = Date.now()
    const names = await write(root, { rolldown, folder: draft })
    const inputs = names.map((name) => inputOf(root, name))
    // Octets that came after the bundler had read the file would be hashed for those that it read.
    if (inputs.some(([, , mtimeMs, ctimeMs]) => Math.max(mtimeMs, ctimeMs) >= startMs)) {
      return undefined
    }
    const digest = hashInputs(root, names)
    clearOld(root, digest)
    const program = path.join(bundlesFolder(root), digest, 'muhr.js')
    if (!fs.existsSync(program)) {
      fs.renameSync(draft, path.dirname(program))
    }
    writeStamp(root, { digest, inputs })

    return program
  } finally {
    fs.rmSync(draft, { recursive: true, force: true })
    taken.lock.release()
  }
}

/** Writes the bundle and returns the names of all files that had a part in it. */
async function write(root, { rolldown, folder }) {
  const read = new Set()
  const bundle = await rolldown({
    cwd: root,
    platform: 'node',
    logLevel: 'silent',
    input: {
      muhr: path.join(root, 'apps/cli/src/main.ts'),
      'verify-thread': path.join(root, 'apps/cli/src/verify/verify-thread.ts'),
    },
    external: isOutside,
    plugins: [
      {
        name: 'remember-what-is-read',
        load: (id) => {
          if (path.isAbsolute(id)) {
            read.add(id)
          }

          return null
        },
      },
    ],
  })
  try {
    await bundle.write({ dir: folder, format: 'esm', chunkFileNames: '[name]-[hash].js' })
  } finally {
    await bundle.close()
  }
  const files = [
    ...read,
    ...[...read].map((file) => packageOf(root, file)),
    ...['package-lock.json', 'node_modules/.package-lock.json'].map((name) =>
      path.join(root, name),
    ),
    import.meta.filename,
  ]

  return [...new Set(files.map((file) => path.relative(root, fs.realpathSync(file))))].sort()
}

/**
 * The other commands are never asked for here, nor is the server, which stored keys alone need; libxml2 is
 * large, and needed for XML alone.
 */
function isOutside(id) {
  const [, command] = /commands\/([a-z-]+)\.ts$/.exec(id) ?? []

  return (
    id === 'libxml2-wasm' ||
    id === '@muhr/server' ||
    (command !== undefined && !bundledCommands.includes(command))
  )
}

/** The package.json that says what an import of the file means. */
function packageOf(root, file) {
  for (let folder = path.dirname(file); folder !== root; folder = path.dirname(folder)) {
    const found = path.join(folder, 'package.json')
    if (fs.existsSync(found)) {
      return found
    }
  }

  return path.join(root, 'package.json')
}

function clearOld(root, digest) {
  const folder = bundlesFolder(root)
  for (const name of fs.readdirSync(folder)) {
    const place = path.join(folder, name)
    const isOther = /^[0-9a-f]{64}$/.test(name) && name !== digest
    if (isOther && fs.statSync(place).mtimeMs < Date.now() - keptMs) {
      fs.rmSync(place, { recursive: true, force: true })
    }
  }
}
