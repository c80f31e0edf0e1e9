// Read by whatever Node.js is there, and before anything is installed: only node: modules.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'

/**
 * Commands that read files, answer and end: their start counts, so they run from a bundle, which has what
 * some 350 files hold in ten. The others live long and run from the sources.
 */
export const bundledCommands = ['verify', 'inspect', 'path', 'sign', 'trust', 'epgu', 'signme']

/** A key of this installation lies in its database: what opens that is in no bundle. */
const storedKeyOption = /^--stored-key(?:=|$)/

/** Whether such a call of `muhr` can run from the bundle. */
export const isBundled = ([command, ...rest]) =>
  bundledCommands.includes(command) && !rest.some((arg) => storedKeyOption.test(arg))

/** Where bundles are, each in a folder named by the digest of what it was made from. */
export const bundlesFolder = (root) => path.join(root, 'apps/cli/dist')

/** What says of what the current bundle was made. */
export const stampOf = (root) => path.join(bundlesFolder(root), 'bundle.json')

/** What a file system keeps of a file that changes whenever its octets do. */
export function traitsOf(file) {
  const { size, mtimeMs, ctimeMs, ino } = fs.statSync(file)

  return [size, mtimeMs, ctimeMs, ino]
}

/** A hash over names and contents of files below the checkout. */
export function hashInputs(root, names) {
  const hash = createHash('sha256')
  for (const name of names) {
    hash.update(`${name}\0`)
    hash.update(
      createHash('sha256')
        .update(fs.readFileSync(path.join(root, name)))
        .digest(),
    )
  }

  return hash.digest('hex')
}

/** Puts the stamp into its place in one step: a reader sees the old one or the new one. */
export function writeStamp(root, stamp) {
  const draft = `${stampOf(root)}.${process.pid}`
  fs.writeFileSync(draft, JSON.stringify(stamp))
  fs.renameSync(draft, stampOf(root))
}

/**
 * The bundled `muhr` command, if there is one that was made from exactly the files of the checkout as they
 * are now; undefined otherwise. Some 300 files are asked for size, times and inode; where one of them
 * differs, all are read and hashed, since a copied checkout has other times.
 */
export function findBundle(root) {
  try {
    const stamp = JSON.parse(fs.readFileSync(stampOf(root), 'utf8'))
    const program = path.join(bundlesFolder(root), stamp.digest, 'muhr.js')
    if (!fs.existsSync(program)) {
      return undefined
    }
    if (isUntouched(root, stamp)) {
      return program
    }
    const names = stamp.inputs.map(([name]) => name)
    if (hashInputs(root, names) !== stamp.digest) {
      return undefined
    }
    renew(root, { digest: stamp.digest, inputs: names.map((name) => inputOf(root, name)) })

    return program
  } catch {
    // No stamp, or one that names what is not there any more.
    return undefined
  }
}

/** One line of a stamp. */
export const inputOf = (root, name) => [name, ...traitsOf(path.join(root, name))]

function isUntouched(root, { inputs }) {
  return inputs.every(([name, ...traits]) =>
    traitsOf(path.join(root, name)).every((trait, index) => trait === traits[index]),
  )
}

/** Saves the next one the hashing, where this user may write. */
function renew(root, stamp) {
  try {
    writeStamp(root, stamp)
  } catch {
    // The bundle is good all the same.
  }
}
