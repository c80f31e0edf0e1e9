import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { describeVariables } from '@muhr/server/config'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkPorts } from './check-ports.ts'
import { checkRuntime } from './check-runtime.ts'
import { examine } from './examine.ts'
import { printExamination, printVariables } from './print-examination.ts'

let dataDir: string

beforeEach(() => {
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'muhr-doctor-'))
})

afterEach(() => fs.rmSync(dataDir, { recursive: true, force: true }))

describe('muhr doctor', () => {
  it('looks at everything, in words and with advice', async () => {
    const examination = await examine({ MUHR_DATA: dataDir, MUHR_PORT: '1', MUHR_PROT: '2' })
    const text = printExamination(examination)

    expect(examination.mode).toBe('live')
    expect(new Set(examination.findings.map(({ check }) => check))).toEqual(
      new Set([
        ...['Node.js', 'arithmetic', 'variables', 'ports', 'pages', 'data folder', 'database'],
        ...['trust', 'trust services', 'clock', 'eGov Mobile', 'secret key', 'signer keys'],
      ]),
    )
    expect(text).toMatch(/^warning {2}variables: MUHR_PROT is set, .* Is MUHR_PORT meant\?$/m)
    expect(text).toMatch(/^ {9}→ Add the roots of the national authorities/m)
    expect(text).toMatch(/\d warnings\.$/)
  })

  it('tells all that is wrong with the environment, and goes no further', async () => {
    const { findings, mode } = await examine({ MUHR_MODE: 'x', MUHR_PORT: 'y' })

    expect(mode).toBeUndefined()
    expect(findings.filter(({ result }) => result === 'failed').map(({ check }) => check)).toEqual([
      'variables',
      'variables',
    ])
  })

  it('looks as for a sandbox where one was started, unless told otherwise', async () => {
    fs.mkdirSync(path.join(dataDir, 'sandbox'))

    expect((await examine({ MUHR_DATA: dataDir })).mode).toBe('sandbox')
    expect((await examine({ MUHR_DATA: dataDir, MUHR_MODE: 'live' })).mode).toBe('live')
    expect((await examine({ MUHR_DATA: dataDir }, { mode: 'live' })).mode).toBe('live')
  })

  it('prints the whole table of variables, and no secret', () => {
    const text = printVariables(
      describeVariables({ DATABASE_URL: 'postgres://u:canary@h/d', MUHR_PORT: '9000' }),
    )

    expect(text).toContain('MUHR_PORT=9000   (set)\n    Port of the pages')
    expect(text).toContain('DATABASE_URL=•••   (set)')
    expect(text).not.toContain('canary')
  })

  it('wants a Node.js that runs TypeScript', () => {
    expect(checkRuntime('24.0.0')).toMatchObject([{ result: 'passed' }])
    expect(checkRuntime('22.18.0')).toMatchObject([{ result: 'failed' }])
  })
})

describe('ports', () => {
  it('that others hold are failed, with who it is and what to set', async () => {
    const server = net.createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as net.AddressInfo
    const env = { MUHR_PORT: String(port) }
    const look = () => checkPorts({ host: '127.0.0.1', mode: 'live', env })
    const taken = await look()
    await new Promise((resolve) => server.close(resolve))

    expect(taken).toMatchObject({
      isRunning: false,
      findings: [
        {
          result: 'failed',
          message: expect.stringContaining(`is taken by process ${process.pid}`),
          advice: 'Free it, or set MUHR_PORT to another one.',
        },
      ],
    })
    expect((await look()).findings).toMatchObject([{ result: 'passed' }])
  })
})
