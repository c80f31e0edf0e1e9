import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runXmlThread } from './run-xml-thread.ts'

const octets = (text: string) => new TextEncoder().encode(text)

describe('XML in a thread apart', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'muhr-xml-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('is told its faults; what is hostile is named, and a schema that cannot be used', async () => {
    const schema = octets(
      '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a" type="xs:int"/></xs:schema>',
    )
    const run = (document: string, given: Uint8Array | undefined) =>
      runXmlThread({ document: octets(document), schema: given })
    expect(await run('<a>1</a>', schema)).toEqual({ kind: 'checked', faults: [] })
    expect(await run('<a>\n x</a>', schema)).toMatchObject({
      kind: 'checked',
      faults: [{ kind: 'schema', line: 1, element: 'a' }],
    })
    expect(await run('<anything/>', undefined)).toEqual({ kind: 'checked', faults: [] })
    expect(await run('<a>\n<b></a>', undefined)).toMatchObject({
      faults: [{ kind: 'not-well-formed', line: 2 }],
    })
    expect(await run('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', schema)).toMatchObject({
      kind: 'refused',
      code: 'xml.doctype',
    })
    expect(await run('<a/>', octets('<xs:schema'))).toMatchObject({ code: expect.any(String) })
  })

  it('is ended when it works too long, and the next one is served', async () => {
    const thread = join(folder, 'busy.mjs')
    writeFileSync(
      thread,
      "import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => { for (;;); })",
    )
    expect(
      await runXmlThread(
        { document: octets('<a/>'), schema: undefined },
        { limitMs: 300, thread: pathToFileURL(thread) },
      ),
    ).toEqual({ kind: 'too-costly' })
    expect(await runXmlThread({ document: octets('<a/>'), schema: undefined })).toMatchObject({
      kind: 'checked',
    })
  })
})
