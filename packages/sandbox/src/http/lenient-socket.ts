import { Duplex } from 'node:stream'

/** What a header may take, as Node's own limit; beyond it octets go on as they came and Node refuses them. */
const MAX_HEAD_BYTES = 64 * 1024
const END_OF_HEAD = Buffer.from('\r\n\r\n')

/**
 * A socket whose requests have no blank before the colon of a header: `Content-type : x`, which RFC 9112 §5.1
 * forbids and Node's parser refuses under every setting, is read as `Content-type: x`. Bodies pass by their
 * Content-Length; after a chunked one nothing on the connection is touched any more.
 */
export function lenientSocket(socket: Duplex): Duplex {
  const normalise = createNormaliser()
  const front = new Duplex({
    read: () => socket.resume(),
    write: (chunk: Buffer, _encoding, done) => {
      socket.write(chunk, done)
    },
    final: (done) => {
      socket.end(done)
    },
    destroy: (error, done) => {
      socket.destroy()
      done(error)
    },
  })
  socket.on('data', (chunk: Buffer) => {
    for (const piece of normalise(chunk)) {
      if (!front.push(piece)) socket.pause()
    }
  })
  socket.on('end', () => front.push(null))
  socket.on('error', (error) => front.destroy(error))
  socket.on('close', () => front.destroy())

  return front
}

/** Takes octets as they come and gives what is to be parsed. */
export function createNormaliser(): (chunk: Buffer) => readonly Buffer[] {
  let head: Buffer = Buffer.alloc(0)
  /** Octets of the body that are still to come; a head otherwise. */
  let bodyLeft = 0

  return (chunk) => {
    const out: Buffer[] = []
    let rest = chunk
    while (rest.length > 0) {
      if (bodyLeft > 0) {
        const piece = rest.subarray(0, bodyLeft)
        out.push(piece)
        bodyLeft -= piece.length
        rest = rest.subarray(piece.length)
        continue
      }
      head = Buffer.concat([head, rest])
      const end = head.indexOf(END_OF_HEAD)
      if (end < 0 && head.length <= MAX_HEAD_BYTES) break
      if (end < 0) {
        out.push(head)
        bodyLeft = Number.POSITIVE_INFINITY
        break
      }
      const text = normaliseHead(head.subarray(0, end).toString('latin1'))
      out.push(Buffer.from(text, 'latin1'), END_OF_HEAD)
      rest = head.subarray(end + END_OF_HEAD.length)
      head = Buffer.alloc(0)
      bodyLeft = bodyLength(text)
    }

    return out
  }
}

const normaliseHead = (head: string): string =>
  head.replace(/(\r\n[!#$%&'*+.^_`|~\w-]+)[ \t]+:/g, '$1:')

function bodyLength(head: string): number {
  if (/\r\n(?:transfer-encoding|upgrade):/i.test(head)) return Number.POSITIVE_INFINITY

  return Number(/\r\ncontent-length:[ \t]*(\d+)/i.exec(head)?.[1] ?? 0)
}
