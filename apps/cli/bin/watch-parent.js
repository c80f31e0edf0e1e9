import fs from 'node:fs'

const pollMs = 500

/**
 * Ends this process in order when the npm that runs it is gone. npm runs a script through a shell, and a
 * signal to npm alone (a process manager, `timeout`, `kill`) ends npm and that shell, but reaches no
 * further: without this, what was started would run on with nobody to stop it.
 */
export function stopWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) {
    return
  }

  const shell = process.ppid
  const npm = nameOf(shell).startsWith('npm') ? shell : parentOf(shell)
  const isNpm = npm !== undefined && nameOf(npm).startsWith('npm')

  const timer = setInterval(() => {
    if (process.ppid !== shell || (isNpm && parentOf(shell) !== npm && npm !== shell)) {
      clearInterval(timer)
      process.kill(process.pid, 'SIGTERM')
    }
  }, pollMs)
  timer.unref()
}

/** Field 4 of proc_pid_stat(5); undefined off Linux. */
function parentOf(pid) {
  const stat = readText(`/proc/${pid}/stat`)
  const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])

  return parent > 0 ? parent : undefined
}

/** npm calls itself `npm start`. */
function nameOf(pid) {
  return readText(`/proc/${pid}/cmdline`)
}

function readText(file) {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
