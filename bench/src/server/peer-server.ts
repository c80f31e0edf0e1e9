import { createHash, randomUUID } from 'node:crypto'
import { open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import Fastify from 'fastify'
import { Pool } from 'pg'

/**
 * The peer: plain Fastify that does the least that is durable. An upload is hashed while it flows,
 * written, synced, renamed, its folder synced, and gets one INSERT; an envelope is one INSERT. No
 * validation, no rights, no events, no state. Settings come as the first message of the parent.
 */
type Settings = {
  readonly port: number
  readonly folder: string
  readonly database: { readonly host: string; readonly database: string; readonly user: string }
}

process.once('message', async (settings: Settings) => {
  const pool = new Pool({ ...settings.database, max: 10 })
  await pool.query('create table if not exists bench_peer (id text primary key, body jsonb)')
  const fastify = Fastify({ bodyLimit: 1024 ** 3 })
  fastify.addContentTypeParser('application/octet-stream', (_request, payload, done) =>
    done(null, payload),
  )
  const insert = async (body: object): Promise<string> => {
    const id = randomUUID()
    await pool.query({
      name: 'insert',
      text: 'insert into bench_peer values ($1, $2)',
      values: [id, JSON.stringify(body)],
    })

    return id
  }
  fastify.post('/v1/documents', async (request, reply) => {
    const hash = createHash('sha256')
    const draft = join(settings.folder, randomUUID())
    const file = await open(draft, 'w')
    let size = 0
    for await (const chunk of request.body as Readable) {
      hash.update(chunk as Buffer)
      await file.write(chunk as Buffer)
      size += (chunk as Buffer).length
    }
    await file.sync()
    await file.close()
    const sha256 = hash.digest('hex')
    await rename(draft, join(settings.folder, sha256))
    const folder = await open(settings.folder)
    await folder.sync()
    await folder.close()

    return reply.code(201).send({ id: await insert({ sha256, size }), sha256, size })
  })
  fastify.post('/v1/envelopes', async (request, reply) =>
    reply.code(201).send({ id: await insert(request.body as object) }),
  )
  await fastify.listen({ host: '127.0.0.1', port: settings.port })
  process.once('disconnect', () => process.exit(0))
  process.send?.('ready')
})
