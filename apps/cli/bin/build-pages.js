import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { showStep } from './progress.js'
import { quoteEnd, runNpm } from './run-quietly.js'
import { StartError } from './start-error.js'

const stampName = '.built-from'

/** Whether the pages in apps/web/dist were built from the sources as they are now. */
export function arePagesBuilt(root) {
  const dist = path.join(root, 'apps/web/dist')

  return (
    fs.existsSync(path.join(dist, 'index.html')) &&
    readText(path.join(dist, stampName)) === hashSources(root)
  )
}

/** Builds the pages with the build script of apps/web. */
export async function buildPages(root, run = runNpm) {
  const sources = hashSources(root)

  await showStep({ doing: 'Building the pages', done: 'Built the pages' }, async () => {
    const { status, output } = await run(['run', 'build', '--workspace', '@muhr/web'], {
      cwd: root,
    })

    if (status !== 0) {
      throw new StartError([
        'The pages could not be built:',
        quoteEnd(output),
        'If you changed apps/web or providers, mend what is named above. If not, remove node_modules and run the command again.',
      ])
    }
  })
  fs.writeFileSync(path.join(root, 'apps/web/dist', stampName), sources)
}

/** A hash over names and contents of all that the pages are made from. */
export function hashSources(root) {
  const hash = createHash('sha256')

  for (const file of listSources(root)) {
    hash.update(`${path.relative(root, file)}\0`)
    hash.update(createHash('sha256').update(fs.readFileSync(file)).digest())
  }

  return `${hash.digest('hex')}\n`
}

function listSources(root) {
  const providers = listNames(path.join(root, 'providers')).flatMap((name) =>
    ['web', 'messages', 'package.json'].map((part) => path.join(root, 'providers', name, part)),
  )

  return [
    path.join(root, 'package-lock.json'),
    path.join(root, 'apps/web'),
    path.join(root, 'packages/identifiers'),
    ...providers,
  ].flatMap(listFiles)
}

function listFiles(place) {
  const stats = fs.statSync(place, { throwIfNoEntry: false })

  if (stats === undefined || /\.test\.tsx?$/.test(place)) {
    return []
  }
  if (!stats.isDirectory()) {
    return [place]
  }

  return listNames(place)
    .filter((name) => name !== 'node_modules' && name !== 'dist')
    .flatMap((name) => listFiles(path.join(place, name)))
}

function listNames(folder) {
  try {
    return fs.readdirSync(folder).sort()
  } catch {
    return []
  }
}

function readText(file) {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
