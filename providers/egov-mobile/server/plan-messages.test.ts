import { expect, test } from 'vitest'
import { ru } from '../messages/index.ts'
import type { PlanRefusalCode } from './plan.ts'

// The compiler holds this list complete; the test holds that each has a text.
const codes: Readonly<Record<PlanRefusalCode, true>> = {
  'method.not-supported': true,
  'sender.name': true,
  'sender.bin': true,
  'recipient.identifier': true,
  'document.none': true,
  'document.too-many': true,
  'document.too-large': true,
  'document.empty': true,
  'document.type': true,
  'deadline.past': true,
}

test('every reason of a refusal has a text of its own', () => {
  expect(
    Object.keys(ru)
      .filter((key) => key.startsWith('plan.'))
      .sort(),
  ).toEqual(
    Object.keys(codes)
      .map((code) => `plan.${code}`)
      .sort(),
  )
})
