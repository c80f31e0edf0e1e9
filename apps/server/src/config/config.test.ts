import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ConfigError,
  type ConfigProblem,
  describeVariables,
  loadConfig,
  variableNames,
} from './index.ts'

function problemsOf(env: Record<string, string>): readonly ConfigProblem[] {
  try {
    loadConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) {
      return error.data.problems
    }
    throw error
  }

  return []
}

describe('config', () => {
  it('needs nothing set', () => {
    const config = loadConfig({}, { cwd: '/srv/muhr' })

    expect(config).toMatchObject({
      mode: 'live',
      dataDir: '/srv/muhr/data',
      storeDir: '/srv/muhr/data/store',
      host: '127.0.0.1',
      port: 8080,
      publicUrl: 'http://127.0.0.1:8080',
      databaseUrl: undefined,
      maxEnvelopeBytes: 104_857_600,
      trust: { dir: '/srv/muhr/data/trust', services: { KZ: {} } },
      egovMobile: { linkTtlSeconds: 300, linkPreset: 'm-egov-kz' },
      sandboxConsoleUrl: 'http://127.0.0.1:8100',
      sandboxCaPort: 8104,
      warnings: [],
    })
    expect(Object.isFrozen(config)).toBe(true)
    expect(config.webDir).toBe(path.resolve(import.meta.dirname, '../../../web/dist'))
  })

  it('makes links, hosts and origins from the public URL', () => {
    const config = loadConfig({
      MUHR_PUBLIC_URL: 'https://Sign.Example.kz/',
      MUHR_PORT: '9000',
      MUHR_ALLOWED_HOSTS: 'muhr.internal:9000, 10.0.0.5:9000',
    })

    expect(config.publicUrl).toBe('https://sign.example.kz')
    expect(config.hosts).toEqual([
      'sign.example.kz',
      '127.0.0.1:9000',
      'localhost:9000',
      '[::1]:9000',
      'muhr.internal:9000',
      '10.0.0.5:9000',
    ])
    expect(config.origins).toEqual(['https://sign.example.kz'])
  })

  it('lets pages on loopback speak for a Muhr on loopback only', () => {
    expect(loadConfig({}).origins).toContain('http://localhost:8080')
    expect(loadConfig({ MUHR_PUBLIC_URL: 'http://192.0.2.1:8080' }).origins).toEqual([
      'http://192.0.2.1:8080',
    ])
  })

  it('takes an empty text as not set, and spaces around a value as nothing', () => {
    expect(loadConfig({ MUHR_PORT: '', MUHR_HOST: ' 0.0.0.0 ' })).toMatchObject({
      port: 8080,
      host: '0.0.0.0',
    })
  })

  it('lets a caller choose the mode', () => {
    expect(loadConfig({ MUHR_MODE: 'live' }, { mode: 'sandbox' }).mode).toBe('sandbox')
  })

  it('tells all problems at once', () => {
    const problems = problemsOf({
      MUHR_PORT: 'http',
      MUHR_MODE: 'Sandbox',
      MUHR_PUBLIC_URL: 'sign.example.kz',
      MUHR_OCSP_URL_KZ: 'ftp://ocsp.pki.gov.kz',
    })

    expect(problems.map(({ variable, code }) => [variable, code])).toEqual([
      ['MUHR_MODE', 'config.not-one-of'],
      ['MUHR_PORT', 'config.not-a-number'],
      ['MUHR_PUBLIC_URL', 'config.not-a-url'],
      ['MUHR_OCSP_URL_KZ', 'config.not-a-url'],
    ])
    expect(problems[1]?.message).toBe(
      'MUHR_PORT must be a whole number from 1 to 65535. It is "http".',
    )
  })

  it.each([
    ['MUHR_PORT', '8081', '0', 'config.out-of-range'],
    ['MUHR_PORT', '65535', '65536', 'config.out-of-range'],
    ['MUHR_PORT', '08', '8e3', 'config.not-a-number'],
    ['MUHR_PORT', '1', '-1', 'config.not-a-number'],
    ['MUHR_MAX_ENVELOPE_BYTES', '1', '0', 'config.out-of-range'],
    ['MUHR_EGOV_LINK_TTL_SECONDS', '30', '29', 'config.out-of-range'],
    ['MUHR_PUBLIC_URL', 'https://a.kz', 'https://a.kz/muhr', 'config.not-a-url'],
    ['MUHR_PUBLIC_URL', 'https://a.kz/', 'https://a.kz/?', 'config.not-a-url'],
    ['MUHR_PUBLIC_URL', 'http://a.kz:1', 'https://user@a.kz', 'config.not-a-url'],
    ['MUHR_PUBLIC_URL', 'https://a.kz', 'https://a.kz/#x', 'config.not-a-url'],
    ['MUHR_TSA_URL_KZ', 'http://tsp.pki.gov.kz', 'javascript:alert(1)', 'config.not-a-url'],
    ['MUHR_ALLOWED_HOSTS', 'a.kz b.kz:81', 'a.kz/x', 'config.not-a-host'],
    ['MUHR_HOST', '::', 'a b', 'config.not-a-host'],
    ['MUHR_LOG_LEVEL', 'debug', 'verbose', 'config.not-one-of'],
    ['MUHR_EGOV_LINK_PRESET', 'seed-page-link', 'page.link', 'config.not-one-of'],
    ['MUHR_SECRET_KEY', 'aB'.repeat(32), 'aB'.repeat(31), 'config.not-a-key'],
    [
      'MUHR_SECRET_KEY',
      'q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=',
      'password',
      'config.not-a-key',
    ],
    ['MUHR_SECRET_KEYS_OLD', `${'00'.repeat(32)}, ${'11'.repeat(32)}`, '00', 'config.not-a-key'],
    ['MUHR_PKCS11_MODULES', '/usr/lib/a.so /usr/lib/b.so', 'a.so', 'config.not-a-path'],
    ['DATABASE_URL', 'postgres://u:p@h/d', 'mysql://u:p@h/d', 'config.not-a-url'],
  ])('takes %s=%s and refuses %s', (variable, good, bad, code) => {
    expect(problemsOf({ [variable]: good })).toEqual([])
    expect(problemsOf({ [variable]: bad })).toMatchObject([{ variable, code }])
  })

  it('refuses two servers of the sandbox on one port; in live mode there is only one', () => {
    const env = { MUHR_PORT: '8100' }

    expect(problemsOf({ ...env, MUHR_MODE: 'sandbox' })).toMatchObject([
      { variable: 'MUHR_SANDBOX_CONSOLE_PORT', code: 'config.port-clash' },
    ])
    expect(problemsOf(env)).toEqual([])
  })

  it('warns of misspelt variables, plain http and a sandbox that others reach', () => {
    const { warnings } = loadConfig({
      MUHR_MODE: 'sandbox',
      MUHR_PROT: '8081',
      MUHR_BANANA: '1',
      MUHR_PUBLIC_URL: 'http://192.0.2.1:8080',
    })

    expect(warnings).toHaveLength(4)
    expect(warnings[0]).toBe('MUHR_BANANA is set, but Muhr knows no such variable.')
    expect(warnings[1]).toContain('Is MUHR_PORT meant?')
  })

  it('never shows a secret, refused or not', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9]{8,30}$/), (secret) => {
        for (const url of [`postgres://u:${secret}@h/d`, `mysql://u:${secret}@h/d`]) {
          const said = JSON.stringify([
            problemsOf({ DATABASE_URL: url }),
            describeVariables({ DATABASE_URL: url }),
          ])
          expect(said).not.toContain(`:${secret}@`)
        }
      }),
    )
  })

  it('describes every variable, with what is set and where it comes from', () => {
    const described = describeVariables({ MUHR_PORT: '9000', DATABASE_URL: 'postgres://h/d' })

    expect(described.map(({ name }) => name)).toEqual(variableNames)
    expect(described.find(({ name }) => name === 'MUHR_PORT')).toMatchObject({
      value: '9000',
      source: 'environment',
      type: 'port',
    })
    expect(described.find(({ name }) => name === 'MUHR_HOST')).toMatchObject({
      value: '127.0.0.1',
      source: 'default',
    })
    expect(described.find(({ name }) => name === 'DATABASE_URL')?.value).toBe('•••')
    for (const { description } of described) {
      expect(description).toMatch(/^[A-Za-z].*\.$/)
    }
  })
})
