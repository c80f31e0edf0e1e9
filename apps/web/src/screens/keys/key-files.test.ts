import { describe, expect, it } from 'vitest'
import { containerFiles, readKeyFiles } from './key-files.ts'

const file = (name: string, content: BlobPart = 'x') => new File([content], name)
const octets = (...bytes: number[]) => new Uint8Array(bytes)

describe('files that are given as a key', () => {
  it('are a container by the names that CSP gives, and what is missing is named', async () => {
    const whole = await readKeyFiles(containerFiles.map((name) => file(name)))
    expect(whole.key).toMatchObject({ kind: 'cryptopro-container', missing: [] })
    const torn = await readKeyFiles([file('HEADER.KEY'), file('name.key'), file('my.cer')])
    expect(torn.key).toMatchObject({
      missing: ['masks.key', 'masks2.key', 'primary.key', 'primary2.key'],
      certificate: { name: 'my.cer' },
    })
  })

  it.each([
    ['a.pfx', 'x', 'pkcs12'],
    ['a.P12', 'x', 'pkcs12'],
    ['key.pem', '-----BEGIN PRIVATE KEY-----', 'pem'],
    ['key', '-----BEGIN ENCRYPTED PRIVATE KEY-----', 'pem'],
    ['store.bin', octets(0x30, 0x82, 1, 2, 0x02, 1, 3), 'pkcs12'],
    ['key.der', octets(0x30, 0x48, 0x02, 1, 0, 0x30), 'pem'],
    ['locked.der', octets(0x30, 0x82, 1, 2, 0x30, 0x40, 0x06, 9), 'pem'],
    ['folder.zip', octets(0x50, 0x4b, 3, 4), 'cryptopro-container'],
  ])('%s', async (name, content, kind) => {
    expect((await readKeyFiles([file(name, content as BlobPart)])).key?.kind).toBe(kind)
  })

  it('may be a certificate alone, or nothing that we know', async () => {
    const der = octets(0x30, 0x82, 1, 2, 0x30, 0x82, 1, 0, 0xa0, 3)
    const read = await readKeyFiles([file('a', der), file('photo.jpg', octets(0xff, 0xd8))])
    expect(read).toMatchObject({
      key: undefined,
      certificate: { name: 'a' },
      strangers: ['photo.jpg'],
    })
  })
})
