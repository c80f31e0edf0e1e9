import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { StartError } from './start-error.js'

/** The checkout that this file belongs to, also when it was reached through a link. */
export const root = path.resolve(
  path.dirname(fs.realpathSync(fileURLToPath(import.meta.url))),
  '../../..',
)

/** Where the data of this installation are, as apps/server/src/config reads it. */
export function dataDir() {
  return path.resolve(process.env.MUHR_DATA?.trim() || './data')
}

/** Makes a folder if need be, and checks that this user may write to it. */
export function requireWritable(folder, advice) {
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
    fs.accessSync(folder, fs.constants.W_OK | fs.constants.X_OK)
  } catch (error) {
    throw notWritable(error, folder, advice)
  }
}

/** Passes on what `run` gives; what the file system refuses becomes a message for people. */
export function withAccess(folder, advice, run) {
  try {
    return run()
  } catch (error) {
    throw ['EACCES', 'EPERM', 'EROFS'].includes(error.code)
      ? notWritable(error, error.path ?? folder, advice)
      : error
  }
}

function notWritable(error, folder, advice) {
  return new StartError([
    `Muhr cannot write to ${folder} (${error.code}).`,
    ownerLine(folder),
    advice,
  ])
}

/** Whose the folder is, or the nearest one above that exists. */
function ownerLine(folder) {
  const existing = nearestExisting(folder)

  try {
    const { uid } = fs.statSync(existing)
    const self = os.userInfo()

    return uid === self.uid
      ? ''
      : `${existing} belongs to ${userName(uid)}; this is ${self.username || `user ${self.uid}`}.`
  } catch {
    return ''
  }
}

function nearestExisting(folder) {
  return fs.existsSync(folder) ? folder : nearestExisting(path.dirname(folder))
}

function userName(uid) {
  const entry = readLines('/etc/passwd').find((line) => line.split(':')[2] === String(uid))

  return entry === undefined ? `user ${uid}` : entry.split(':')[0]
}

function readLines(file) {
  try {
    return fs.readFileSync(file, 'utf8').split('\n')
  } catch {
    return []
  }
}
