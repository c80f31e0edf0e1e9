// Plain JavaScript: the programs in apps/cli/bin use it before anything is installed, on Node 18.
import fs from 'node:fs'

/** An owner that cannot be seen from here (other container, other machine) lives this long on its last beat. */
export const unseenOwnerMs = 20_000

/**
 * Names this process so that no later one can be taken for it: the number alone is given out again.
 * Start tick, boot and namespace are known on Linux only; elsewhere they are null.
 */
export function describeSelf() {
  return {
    pid: process.pid,
    startTicks: startTicksOf(process.pid),
    boot: readText('/proc/sys/kernel/random/boot_id'),
    namespace: readLink('/proc/self/ns/pid'),
  }
}

/**
 * Whether the process of an identity still runs. Where this process cannot tell, since the other one
 * lives in another container or on another machine, a beat within `unseenOwnerMs` decides.
 */
export function isAlive(identity, { lastBeatMs, nowMs = Date.now() }) {
  const self = describeSelf()
  const isVisible = identity.boot === self.boot && identity.namespace === self.namespace

  if (!isVisible) {
    return nowMs - lastBeatMs < unseenOwnerMs
  }

  return self.boot === null
    ? signalReaches(identity.pid)
    : startTicksOf(identity.pid) === identity.startTicks
}

/**
 * When a process was started, in clock ticks since boot: field 22 of proc_pid_stat(5). Null when there
 * is no such process, or only its remains that nobody collected (zombie).
 */
export function startTicksOf(pid) {
  const stat = readText(`/proc/${pid}/stat`)

  if (stat === null) {
    return null
  }

  // The name in parentheses may itself hold spaces and parentheses: count from the last one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const isGone = fields[0] === 'Z' || fields[0] === 'X'

  return isGone ? null : Number(fields[19])
}

/** Whether a record read from a file has the shape of an identity. */
export function isIdentity(value) {
  return (
    typeof value === 'object' &&
    value !== null &&
    Number.isInteger(value.pid) &&
    value.pid > 0 &&
    isNullOr(value.startTicks, 'number') &&
    isNullOr(value.boot, 'string') &&
    isNullOr(value.namespace, 'string')
  )
}

function isNullOr(value, type) {
  return value === null || typeof value === type
}

function signalReaches(pid) {
  try {
    process.kill(pid, 0)

    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function readText(path) {
  try {
    return fs.readFileSync(path, 'utf8').trim()
  } catch {
    return null
  }
}

function readLink(path) {
  try {
    return fs.readlinkSync(path)
  } catch {
    return null
  }
}
