import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadConfig } from '../config/index.ts'
import { readPage } from './static-pages.ts'

describe('pages for those who are not logged in', () => {
  let webDir = ''

  beforeAll(async () => {
    webDir = await mkdtemp(join(tmpdir(), 'muhr-pages-'))
    await writeFile(join(webDir, 'index.html'), '<html lang="ru" data-mode="live">')
  })
  afterAll(() => rm(webDir, { recursive: true, force: true }))

  it.each(['sandbox', 'live'] as const)('say that the mode is %s', async (mode) => {
    const config = { ...loadConfig({}, { mode }), webDir }

    expect(await readPage({ config }, 'index.html')).toBe(`<html lang="ru" data-mode="${mode}">`)
  })
})
