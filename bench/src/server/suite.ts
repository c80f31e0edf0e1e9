import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startProduct } from '@muhr/cli/testing'
import { freePorts } from '@muhr/server/testing'
import { createHttpClient } from './http-client.ts'
import { measureEnvelopes } from './measure-envelopes.ts'
import { measureEvidence } from './measure-evidence.ts'
import { measureStarts } from './measure-starts.ts'
import { measureUpload } from './measure-upload.ts'

/** `npm run bench -- server`: the product as a process, against a plain peer on the same database. */
export async function runServerSuite(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'muhr-bench-'))
  const [port = 0, consolePort = 0, caPort = 0, peerPort = 0] = await freePorts(4)
  const dataDir = join(folder, 'data')
  const product = await startProduct({ dataDir, port, consolePort, caPort })
  const peer = await startPeer(folder, dataDir, peerPort)
  const us = createHttpClient(product.url, { authorization: `Bearer ${product.apiKey}` })
  const them = createHttpClient(`http://127.0.0.1:${peerPort}`, {})
  try {
    await measureUpload(us, them, product.pid)
    await measureEnvelopes(us, them)
    await measureEvidence(us, product, folder)
  } finally {
    us.close()
    them.close()
    peer.disconnect()
    await product.stop()
  }
  await measureStarts(folder)
  await rm(folder, { recursive: true, force: true })

  return 0
}

async function startPeer(folder: string, dataDir: string, port: number): Promise<ChildProcess> {
  const peerFolder = join(folder, 'peer')
  await mkdir(peerFolder)
  const peer = fork(join(import.meta.dirname, 'peer-server.ts'))
  peer.send({
    port,
    folder: peerFolder,
    database: { host: join(dataDir, 'postgres/socket'), database: 'muhr', user: 'muhr' },
  })
  await once(peer, 'message')

  return peer
}
