import { describe, expect, it } from 'vitest'
import type { RequestView, SigningState } from '../api/types.ts'
import { starPath } from './star.ts'
import { envelopeSeal, needsCode, sealLooks, signingSeal, verdictSeal } from './table.ts'

const request = (over: Partial<RequestView>): RequestView => ({
  id: 'r',
  provider: 'egov-mobile',
  method: 'CMS_WITH_DATA',
  state: 'open',
  round: 1,
  ...over,
})
const signing = (state: SigningState, requests: readonly RequestView[] = []) => ({
  state,
  requests,
})
const wrong = request({ attention: { kind: 'person', code: 'person-mismatch' } })

describe('seals (ui.md §8)', () => {
  it('are filled only where Muhr itself has proved something', () => {
    const filled = Object.entries(sealLooks)
      .filter(([, look]) => look.form === 'filled')
      .map(([state]) => state)

    expect(filled.sort()).toEqual(
      ['completed', 'failed', 'mismatch', 'passed', 'refuted', 'signed'].sort(),
    )
  })

  it('are green only for proof', () => {
    const green = Object.entries(sealLooks)
      .filter(([, look]) => look.tone === 'ok')
      .map(([state]) => state)

    expect(green.sort()).toEqual(['completed', 'passed', 'signed'])
  })

  it('differ by form or sign, never by colour alone', () => {
    const shapes = Object.entries(sealLooks)
      .filter(([state]) => !['completed', 'passed', 'refuted'].includes(state))
      .map(([, { form, sign }]) => `${form} ${sign}`)

    expect(new Set(shapes).size).toBe(shapes.length)
  })
})

describe('signingSeal', () => {
  it('shows a wrong signature in place of an open state', () => {
    expect(signingSeal(signing('viewed', [wrong]))).toBe('mismatch')
  })

  it('shows a lost answer in place of an open state', () => {
    expect(signingSeal(signing('dispatching', [request({ state: 'unknown' })]))).toBe('unknown')
  })

  it('tells a silent service and a seal that is wanted from a wrong signature', () => {
    const silent = request({ attention: { kind: 'provider', code: 'overdue' } })
    const keyless = request({ state: 'planned', attention: { kind: 'seal', code: 'seal.no-key' } })
    const asked = request({ state: 'planned', clerkSeal: {} })

    expect(signingSeal(signing('sent', [silent]))).toBe('unknown')
    expect(signingSeal(signing('sealing', [keyless]))).toBe('unsealed')
    expect(signingSeal(signing('sealing', [asked]))).toBe('unsealed')
    expect(signingSeal({ state: 'sealing', attention: 'seal' })).toBe('unsealed')
  })

  it('forgets a wrong signature of a request that was replaced', () => {
    const old = { ...wrong, state: 'closed' as const, outcome: 'superseded' }

    expect(signingSeal(signing('sent', [old, request({ round: 2 })]))).toBe('sent')
  })

  it('forgets a lost answer once a person said that the request is not there', () => {
    const lost = request({
      state: 'closed',
      outcome: 'absent',
      attention: { kind: 'provider', code: 'signme.outcome-unknown' },
    })

    expect(signingSeal(signing('sent', [lost, request({ round: 2 })]))).toBe('sent')
  })

  it.each(['signed', 'declined', 'voided'] as const)(
    'shows the end %s whatever came before',
    (end) => {
      expect(signingSeal(signing(end, [wrong]))).toBe(end)
    },
  )
})

describe('needsCode', () => {
  it('also after a signature that was not accepted, not while one is checked', () => {
    expect(needsCode(signing('received', [wrong]))).toBe(true)
    expect(needsCode(signing('received'))).toBe(false)
    expect(needsCode(signing('viewed'))).toBe(true)
    expect(needsCode(signing('signed', [wrong]))).toBe(false)
  })
})

describe('envelopeSeal', () => {
  it('puts a wrong signature before an unknown outcome before progress', () => {
    const unknown = signing('dispatching', [request({ state: 'unknown' })])

    expect(
      envelopeSeal({
        state: 'sent',
        signings: [signing('signed'), unknown, signing('sent', [wrong])],
      }),
    ).toBe('mismatch')
    expect(envelopeSeal({ state: 'sent', signings: [unknown, signing('received')] })).toBe(
      'unknown',
    )
  })

  it('is half filled while any signature is being checked', () => {
    expect(envelopeSeal({ state: 'sent', signings: [signing('sent'), signing('received')] })).toBe(
      'received',
    )
  })

  it('is otherwise that of the most advanced open signing', () => {
    expect(
      envelopeSeal({
        state: 'sent',
        signings: [signing('signed'), signing('viewed'), signing('waiting')],
      }),
    ).toBe('viewed')
  })

  it('of an ended envelope is its end', () => {
    expect(envelopeSeal({ state: 'declined', signings: [signing('signed')] })).toBe('declined')
    expect(envelopeSeal({ state: 'draft', signings: [] })).toBe('draft')
  })
})

describe('verdictSeal', () => {
  it('rounds INDETERMINATE neither up nor down', () => {
    expect(sealLooks[verdictSeal('INDETERMINATE')]).toEqual({
      form: 'outline',
      sign: 'question',
      tone: 'warn',
    })
  })
})

describe('starPath', () => {
  it('is two squares: eight tips on one circle, eight notches on another', () => {
    const points = [...starPath(12, 10).matchAll(/([\d.]+) ([\d.]+)/g)].map(([, x, y]) =>
      Math.hypot(Number(x) - 12, Number(y) - 12),
    )

    expect(points).toHaveLength(16)
    points.forEach((radius, index) => {
      expect(radius).toBeCloseTo(index % 2 === 0 ? 10 : 7.654, 1)
    })
  })
})
