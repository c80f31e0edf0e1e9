import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { outcomeCodes, policies, policyNames } from '../policy/index.ts'

const page = readFileSync(join(import.meta.dirname, '../../../../docs/policies.md'), 'utf8')

/** Names of the policies in the order of the columns. */
const columns = page.match(/^\| check \| code \| sub-indication \| (.+) \|$/m)?.[1]?.split(' | ')

describe('the page of policies', () => {
  it('has every policy with its rules', () => {
    expect([...(columns ?? [])].sort()).toEqual([...policyNames].sort())
    for (const name of policyNames) {
      expect(page).toContain(`| \`${name}\` | ${policies[name].source} |`)
      expect(page).toContain(`### ${name}\n`)
      expect(page).toContain(`| document signatures | ${policies[name].signerSchemes.join(', ')} |`)
    }
  })

  it('says of every code what it does under each policy', () => {
    for (const { check, code, subIndication, effect } of outcomeCodes) {
      const effects = (columns ?? []).map((name) => {
        const policy = policies[name as (typeof policyNames)[number]]
        return (typeof effect === 'function' ? effect(policy) : effect).slice(0, 1).toUpperCase()
      })
      expect(page).toContain(
        `| ${check} | \`${code}\` | ${subIndication} | ${effects.join(' | ')} |`,
      )
    }
  })
})
