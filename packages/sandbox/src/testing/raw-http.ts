import { connect } from 'node:net'

export type RawAnswer = {
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly body: Buffer
}

/**
 * Sends octets as they stand over a socket of their own and reads the answer to its end: what a library of
 * another language writes, not what ours would. `100 Continue` is skipped.
 */
export function sendRaw(base: string, ...pieces: readonly (string | Uint8Array)[]) {
  const { hostname, port } = new URL(base)

  return new Promise<RawAnswer>((resolve, reject) => {
    const received: Buffer[] = []
    const socket = connect(Number(port), hostname)
    socket.on('data', (piece) => received.push(piece))
    socket.on('error', reject)
    socket.on('close', () => resolve(readAnswer(Buffer.concat(received))))
    for (const piece of pieces) socket.write(piece)
  })
}

function readAnswer(octets: Buffer): RawAnswer {
  const end = octets.indexOf('\r\n\r\n')
  const [first = '', ...lines] = octets.toString('latin1', 0, Math.max(0, end)).split('\r\n')
  const status = Number(first.split(' ')[1])
  if (status === 100) return readAnswer(octets.subarray(end + 4))
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':')

    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
  })

  return { status, headers: new Map(headers), body: octets.subarray(end + 4) }
}
