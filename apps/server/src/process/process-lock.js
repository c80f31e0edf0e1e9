// Plain JavaScript: the programs in apps/cli/bin use it before anything is installed, on Node 18.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { describeSelf, isAlive, isIdentity, unseenOwnerMs } from './process-identity.js'

const beatMs = unseenOwnerMs / 4
const pollMs = 25
const turnName = /^turn-(\d+)\.json$/

/**
 * Tries to take the lock of a folder, which is made when missing. The lock ends with the process that
 * holds it, however that one ends: whoever comes next sees that its owner is dead.
 *
 * Node has no flock(2). So owners stand in a row of files `turn-N.json`, and the one of the highest N
 * holds the lock. A turn is taken by link(2), which is atomic and brings the content along; nobody
 * ever takes away the last turn, so two that find the same dead owner want the same next number and
 * only one gets it. A process that slept between looking and linking may still get a number that was
 * used and cleared away long ago: it looks again afterwards, sees the higher one, and gives way.
 *
 * `info` is what others are told about the owner (never a secret).
 */
export function tryLock(dir, info = {}) {
  fs.mkdirSync(dir, { recursive: true, mode: 0o700 })

  for (;;) {
    const last = readLastTurn(dir)

    if (last.owner !== undefined && isAlive(last.owner, { lastBeatMs: last.beatMs })) {
      return { held: false, owner: last.owner, info: last.info }
    }

    const turn = last.turn + 1
    const draft = writeDraft(dir, info)

    if (!claim(draft, turnPath(dir, turn))) {
      continue
    }
    if (readLastTurn(dir).turn > turn) {
      fs.rmSync(turnPath(dir, turn), { force: true })
      continue
    }

    clearBefore(dir, turn)

    return { held: true, lock: hold(dir, turn) }
  }
}

/** As `tryLock`, but waits up to `waitMs` for the owner to let go. */
export async function waitForLock(dir, { info = {}, waitMs, signal, onWait }) {
  const endMs = Date.now() + waitMs

  for (let isFirst = true; ; isFirst = false) {
    signal?.throwIfAborted()
    const taken = tryLock(dir, info)

    if (taken.held || Date.now() >= endMs) {
      return taken
    }
    if (isFirst) {
      onWait?.(taken)
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs))
  }
}

/** Who holds the lock of a folder now, without taking it; undefined when nobody does. */
export function readLockOwner(dir) {
  const last = readLastTurn(dir)
  const isHeld = last.owner !== undefined && isAlive(last.owner, { lastBeatMs: last.beatMs })

  return isHeld ? { owner: last.owner, info: last.info } : undefined
}

/** Writes a record of this process into a folder and keeps its time fresh, until it is released. */
export function registerProcess(dir) {
  fs.mkdirSync(dir, { recursive: true, mode: 0o700 })
  const file = path.join(dir, `${process.pid}-${randomBytes(6).toString('hex')}.json`)
  const draft = writeDraft(dir, {})
  fs.renameSync(draft, file)
  const stopBeating = beat(file)

  return {
    release() {
      stopBeating()
      fs.rmSync(file, { force: true })
    },
  }
}

/** The living processes that are registered in a folder; records of dead ones are cleared away. */
export function listProcesses(dir) {
  const living = []

  for (const name of readNames(dir).filter((entry) => /^\d+-[0-9a-f]+\.json$/.test(entry))) {
    const file = path.join(dir, name)
    const record = readRecord(file)

    if (record.owner !== undefined && isAlive(record.owner, { lastBeatMs: record.beatMs })) {
      living.push(record.owner)
    } else {
      fs.rmSync(file, { force: true })
    }
  }

  return living
}

/** Gives a draft its final name unless that is taken. The draft is used up either way. */
function claim(draft, file) {
  try {
    fs.linkSync(draft, file)

    return true
  } catch (error) {
    if (error.code === 'EEXIST') {
      return false
    }
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(error.code)) {
      throw error
    }

    return claimByCopy(draft, file)
  } finally {
    fs.rmSync(draft, { force: true })
  }
}

/**
 * For file systems without hard links. Somebody may find the file still empty and take the next turn:
 * the look afterwards, which every taker makes, then tells this one to give way.
 */
function claimByCopy(draft, file) {
  try {
    fs.copyFileSync(draft, file, fs.constants.COPYFILE_EXCL)

    return true
  } catch (error) {
    if (error.code === 'EEXIST') {
      return false
    }
    throw error
  }
}

function hold(dir, turn) {
  const file = turnPath(dir, turn)
  const stopBeating = beat(file)
  let isHeld = true

  return {
    update(info) {
      if (isHeld) {
        fs.renameSync(writeDraft(dir, info), file)
      }
    },
    release() {
      if (!isHeld) {
        return
      }
      isHeld = false
      stopBeating()
      // Left in place without an owner: the row must never lose its last turn.
      const draft = draftPath(dir)
      fs.writeFileSync(draft, '{}\n', { mode: 0o600 })
      fs.renameSync(draft, file)
    },
  }
}

/** Shows that this process lives to those that cannot see it. The folder may be gone: that is no fault. */
function beat(file) {
  const timer = setInterval(() => {
    const now = new Date()
    fs.utimes(file, now, now, () => undefined)
  }, beatMs)
  timer.unref()

  return () => clearInterval(timer)
}

function readLastTurn(dir) {
  const turns = readNames(dir).flatMap((name) => turnName.exec(name)?.[1] ?? [])
  const turn = Math.max(0, ...turns.map(Number))

  return turn === 0 ? { turn } : { turn, ...readRecord(turnPath(dir, turn)) }
}

/** A record that is gone or was never one has no owner: drafts are whole before they get their name. */
function readRecord(file) {
  try {
    const beatMs = fs.statSync(file).mtimeMs
    const record = JSON.parse(fs.readFileSync(file, 'utf8'))

    return isIdentity(record.owner) ? { owner: record.owner, info: record.info ?? {}, beatMs } : {}
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) {
      return {}
    }
    throw error
  }
}

function writeDraft(dir, info) {
  const draft = draftPath(dir)
  const text = `${JSON.stringify({ owner: describeSelf(), info })}\n`
  fs.writeFileSync(draft, text, { mode: 0o600, flag: 'wx' })

  return draft
}

function clearBefore(dir, turn) {
  for (const name of readNames(dir)) {
    const old = turnName.exec(name)?.[1]
    const isStaleDraft = name.startsWith('draft-') && isOlderThan(path.join(dir, name), 60_000)

    if ((old !== undefined && Number(old) < turn) || isStaleDraft) {
      fs.rmSync(path.join(dir, name), { force: true })
    }
  }
}

function isOlderThan(file, ageMs) {
  try {
    return Date.now() - fs.statSync(file).mtimeMs > ageMs
  } catch {
    return false
  }
}

function readNames(dir) {
  try {
    return fs.readdirSync(dir)
  } catch (error) {
    if (error.code === 'ENOENT') {
      return []
    }
    throw error
  }
}

function turnPath(dir, turn) {
  return path.join(dir, `turn-${turn}.json`)
}

function draftPath(dir) {
  return path.join(dir, `draft-${process.pid}-${randomBytes(6).toString('hex')}`)
}
