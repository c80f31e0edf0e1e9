import type { Socket } from 'node:net'
import { Problem, type ProblemCode, problemBody } from './problems.ts'

/**
 * Answers what is no HTTP at all (RFC 9112: two lengths, garbage after a body, endless headers) with a
 * problem like any other, and closes the connection, whose further bytes cannot be told apart.
 */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()

    return
  }
  const code: ProblemCode =
    error.code === 'HPE_HEADER_OVERFLOW' ? 'request.headers' : 'request.invalid'
  const problem = new Problem(code, 'The request is not HTTP as it is written.')
  const body = JSON.stringify(problemBody(problem, crypto.randomUUID()))
  socket.end(
    [
      `HTTP/1.1 ${problem.data.status} ${problem.data.status === 431 ? 'Request Header Fields Too Large' : 'Bad Request'}`,
      'content-type: application/problem+json',
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  )
}
