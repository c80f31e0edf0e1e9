import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'

/**
 * The ports that Muhr with its sandbox listens on: what each is for, the variable that moves it, and its
 * default. The same table as in apps/server/src/config/variables.ts, which a test compares.
 */
export const ports = [
  { variable: 'MUHR_PORT', standard: 8080, purpose: 'the pages and the API' },
  { variable: 'MUHR_SANDBOX_CONSOLE_PORT', standard: 8100, purpose: 'the sandbox console' },
  { variable: 'MUHR_SANDBOX_CA_PORT', standard: 8104, purpose: 'the test certification authority' },
  { variable: 'MUHR_SANDBOX_ESIA_PORT', standard: 8101, purpose: 'the simulated ESIA' },
  { variable: 'MUHR_SANDBOX_EPGU_PORT', standard: 8102, purpose: 'the simulated EPGU' },
  { variable: 'MUHR_SANDBOX_SIGNME_PORT', standard: 8103, purpose: 'the simulated Sign.Me' },
  { variable: 'MUHR_SANDBOX_TLS_PORT', standard: 8107, purpose: 'the simulators over https' },
]

/** The port of an entry of the table, by the environment; undefined when that says nothing sensible. */
export function chosenPort({ variable, standard }, env = process.env) {
  const text = env[variable]?.trim() || String(standard)
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0

  return port >= 1 && port <= 65_535 ? port : undefined
}

/** One message for all ports that cannot be had; undefined when all are free. */
export async function describeTakenPorts(host, env = process.env) {
  const taken = []

  for (const entry of ports) {
    const port = chosenPort(entry, env)
    const code = port === undefined ? undefined : await tryPort(host, port)

    if (code !== undefined) {
      taken.push({ ...entry, port, code })
    }
  }

  if (taken.length === 0) {
    return undefined
  }

  const changes = []
  for (const { variable, port } of taken) {
    changes.push(`${variable}=${await findFreePort(host, port, changes)}`)
  }

  return [
    ...taken.map(describe),
    `Free it, or choose another: ${changes.join(' ')} npm start`,
  ].join('\n')
}

/** Why a port cannot be listened on (`EADDRINUSE`, `EACCES`, …), or undefined when it can. */
export function tryPort(host, port) {
  return new Promise((resolve) => {
    const server = net.createServer()
    server.once('error', (error) => resolve(error.code))
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)))
  })
}

/** The process that listens on a TCP port, where the system tells us; undefined otherwise. */
export function findPortOwner(port) {
  return process.platform === 'linux' ? findOwnerInProc(port) : findOwnerByLsof(port)
}

function describe({ port, purpose, variable, code }) {
  const what = `Port ${port}, for ${purpose} (${variable}),`

  if (code === 'EACCES') {
    return `${what} is not open to this user: ports below 1024 are root's.`
  }
  if (code !== 'EADDRINUSE') {
    return `${what} cannot be listened on (${code}); check MUHR_HOST.`
  }

  const owner = findPortOwner(port)

  return owner === undefined
    ? `${what} is taken by another program.`
    : `${what} is taken by process ${owner.pid}: ${owner.command}`
}

async function findFreePort(host, taken, changes) {
  const first = taken < 1024 ? 8080 : taken + 1

  for (let port = first; port < first + 100 && port <= 65_535; port += 1) {
    const isPromised = changes.some((change) => change.endsWith(`=${port}`))
    const isOurs = ports.some((entry) => chosenPort(entry) === port)

    if (!isPromised && !isOurs && (await tryPort(host, port)) === undefined) {
      return port
    }
  }

  return 'PORT'
}

/** proc_net(5): local address with port in hex in column 2, state 0A is LISTEN, inode in column 10. */
function findOwnerInProc(port) {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const sockets = ['/proc/net/tcp', '/proc/net/tcp6']
    .flatMap((file) => readText(file).split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns[1]?.endsWith(suffix) && columns[3] === '0A')
    .map((columns) => `socket:[${columns[9]}]`)

  for (const pid of listNames('/proc').filter((name) => /^\d+$/.test(name))) {
    const isOwner = listNames(`/proc/${pid}/fd`).some((fd) =>
      sockets.includes(readLink(`/proc/${pid}/fd/${fd}`)),
    )

    if (isOwner) {
      const command = readText(`/proc/${pid}/cmdline`).split('\0').join(' ').trim()

      return { pid: Number(pid), command: command.slice(0, 200) }
    }
  }

  return undefined
}

function findOwnerByLsof(port) {
  try {
    const list = execFileSync('lsof', ['-nP', '-Fpc', `-iTCP:${port}`, '-sTCP:LISTEN'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const [, pid] = /^p(\d+)/m.exec(list) ?? []
    const [, command] = /^c(.+)/m.exec(list) ?? []

    return pid === undefined ? undefined : { pid: Number(pid), command: command ?? '' }
  } catch {
    return undefined
  }
}

function listNames(folder) {
  try {
    return fs.readdirSync(folder)
  } catch {
    return []
  }
}

function readText(file) {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function readLink(file) {
  try {
    return fs.readlinkSync(file)
  } catch {
    return ''
  }
}
