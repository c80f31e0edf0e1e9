import { goskeyRules } from '@muhr/epgu/goskey'
import { describe, expect, it } from 'vitest'
import { renderCheck } from './present-check.ts'

describe('the check of a package, for people', () => {
  it('says of every rule what it asks, so that it reads right beside "kept" too', () => {
    for (const asks of Object.values(goskeyRules)) {
      expect(asks).not.toMatch(/too |cannot be|is missing|not taken|is not what/)
    }
  })

  it('tells limits of sizes and names, and no span of time in milliseconds', () => {
    const check = {
      files: [],
      violations: [
        { rule: 'name-length', field: 'a.pdf', limit: 50, actual: 64 },
        { rule: 'expiration-past', field: 'SignExpiration', limit: 0, actual: -60_378_940_345 },
      ],
    } as const
    const text = renderCheck(check, { rules: { requestName: 'req.xml' }, isColoured: false })

    expect(text).toContain('a.pdf: has 64; allowed 50')
    expect(text).not.toContain('60378940345')
  })
})
