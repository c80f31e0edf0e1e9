import type { Instant } from '@muhr/envelope'
import { describe, expect, test } from 'vitest'
import { defaultConnection } from './connection.ts'
import { typedProvider } from './provider.ts'
import { addresses, now, requestView, sender, testRecipient } from './testing.ts'

describe('opening a request', () => {
  const planned = requestView({ handle: undefined, window: undefined })
  const input = { connection: defaultConnection, sender, request: planned, now }

  test('exposes it for five minutes by default', () => {
    expect(typedProvider.advance(input)).toEqual({
      kind: 'expose',
      handle: { auth: 'Token', pdfMime: 'application/pdf' },
      window: { opensAt: now, expiresAt: '2026-11-22T08:05:00.000Z' },
    })
  })

  test('remembers what the app is told, whatever the settings become', () => {
    const connection = { ...defaultConnection, auth: 'None', pdfMime: '@file/pdf' } as const

    expect(typedProvider.advance({ ...input, connection })).toMatchObject({
      handle: { auth: 'None', pdfMime: '@file/pdf' },
    })
  })

  test('never outlives the deadline', () => {
    const deadline = '2026-11-22T08:01:00.000Z' as Instant

    expect(typedProvider.advance({ ...input, deadline })).toMatchObject({
      window: { expiresAt: deadline },
    })
    expect(
      typedProvider.advance({ ...input, deadline: '2026-11-23T08:00:00.000Z' as Instant }),
    ).toMatchObject({ window: { expiresAt: '2026-11-22T08:05:00.000Z' } })
  })

  test('is the same step again, then waits, then is done', () => {
    expect(typedProvider.advance(input)).toEqual(typedProvider.advance(input))
    expect(typedProvider.advance({ ...input, request: requestView() })).toEqual({
      kind: 'await',
    })
    expect(typedProvider.advance({ ...input, request: requestView({ closed: true }) })).toEqual({
      kind: 'done',
    })
  })
})

describe('what the signer is shown', () => {
  const input = { connection: defaultConnection, request: requestView(), addresses }

  test('is the QR text, the link to the app and the end of its life', () => {
    expect(typedProvider.present(input)).toEqual({
      qr: 'mobileSign:https://muhr.example/cb/egov-mobile/k7Qm2xV9sT4pWb1c/mgovSign',
      links: [
        {
          kind: 'egov-mobile',
          url: 'https://m.egov.kz/mobileSign/?link=https://muhr.example/cb/egov-mobile/k7Qm2xV9sT4pWb1c/mgovSign',
        },
      ],
      expiresAt: '2026-11-22T08:05:00.000Z',
    })
  })

  test('offers eGov Business to who signs for an organisation', () => {
    const request = requestView({
      recipient: testRecipient({ iin: '000140000017', bin: '000140000018' }),
    })

    expect(typedProvider.present({ ...input, request }).links.map(({ kind }) => kind)).toEqual([
      'egov-mobile',
      'egov-business',
    ])
  })

  test('follows the launcher and the encoder of the connection', () => {
    const connection = {
      ...defaultConnection,
      launcher: { template: 'http://127.0.0.1:8100/phone?link={link}' },
      encoder: 'component',
    } as const
    const request = requestView({
      recipient: testRecipient({ iin: '000140000017', bin: '000140000018' }),
    })

    expect(typedProvider.present({ ...input, request, connection }).links).toEqual([
      {
        kind: 'egov-mobile',
        url: 'http://127.0.0.1:8100/phone?link=https%3A%2F%2Fmuhr.example%2Fcb%2Fegov-mobile%2Fk7Qm2xV9sT4pWb1c%2FmgovSign',
      },
    ])
  })

  test('is no code at all where every phone would refuse it', () => {
    const unsafe = { ...addresses, callback: 'http://muhr.example/cb/egov-mobile/x' }

    expect(typedProvider.present({ ...input, addresses: unsafe })).toEqual({
      links: [],
      expiresAt: '2026-11-22T08:05:00.000Z',
    })
    const loopback = { ...addresses, callback: 'http://127.0.0.1:8080/cb/egov-mobile/x' }
    expect(typedProvider.present({ ...input, addresses: loopback }).qr).toBe(
      'mobileSign:http://127.0.0.1:8080/cb/egov-mobile/x/mgovSign',
    )
  })
})
