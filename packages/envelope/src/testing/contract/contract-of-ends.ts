import { expect, it } from 'vitest'
import { clerk } from '../samples.ts'
import { closeScene } from './contract-of-signing.ts'
import { openScene, type Scene } from './scene.ts'
import type { ProviderContract } from './subject.ts'

/** Passes the life of the newest request and the service's grace after it. */
async function outlive(scene: Scene): Promise<void> {
  const { window, traits } = scene.request()
  if (window === undefined) {
    throw new Error('the request has no window to outlive')
  }
  const leftMs = Date.parse(window.expiresAt) - Date.parse(scene.clock.now())
  scene.clock.pass(leftMs + (traits.graceMs ?? 0))
  await scene.settle()
}

/** How a request ends without a signature. */
export function contractOfEnds(contract: ProviderContract): void {
  it('ends the envelope when one of its signers declines', async () => {
    const scene = await openScene(contract, { groups: [1, 1] })
    await scene.act({ kind: 'sign', person: 0 })
    await scene.act({ kind: 'decline' }, { signing: 1 })
    expect(scene.signing(0).state).toBe('signed')
    expect(scene.signing(1).state).toBe('declined')
    expect(scene.aggregate().envelope.state).toBe('declined')
    expect(scene.aggregate().artifacts).toHaveLength(1)
    await closeScene(scene)
  })

  it('lets a request end with its window', async ({ skip }) => {
    const scene = await openScene(contract)
    const old = scene.request()
    if (old.window === undefined) {
      skip('its requests last until they are ended')
    }
    await outlive(scene)
    expect(scene.requests()[0]).toMatchObject({ state: 'closed', outcome: 'expired' })
    expect(await scene.act({ kind: 'sign', person: 0 }, { request: old.id })).toBe('gone')
    if (old.traits.renewal === 'none') {
      expect(scene.aggregate().envelope.state).toBe('expired')
    } else {
      expect(scene.aggregate().envelope.state).toBe('sent')
      await scene.command({ kind: 'renew', signing: scene.signing().id, actor: clerk })
      await scene.settle()
      expect(scene.request().id).not.toBe(old.id)
      await scene.act({ kind: 'sign', person: 0 })
      expect(scene.aggregate().envelope.state).toBe('completed')
    }
    await closeScene(scene)
  })

  it('gives way to its renewal, or says that it cannot be renewed', async () => {
    const scene = await openScene(contract)
    const old = scene.request()
    const renew = { kind: 'renew', signing: scene.signing().id, actor: clerk } as const
    const renewed = await scene.core.command(scene.envelope, renew)
    await scene.settle()
    if (old.traits.renewal === 'none') {
      expect(renewed).toMatchObject({ refusal: { code: 'request.not-renewable' } })
      expect(scene.request()).toEqual(old)
    } else {
      expect(await scene.act({ kind: 'sign', person: 0 }, { request: old.id })).toBe('gone')
      expect(scene.aggregate().artifacts).toEqual([])
      await scene.act({ kind: 'sign', person: 0 })
      expect(scene.aggregate().envelope.state).toBe('completed')
    }
    await closeScene(scene)
  })

  it('completes nothing after the envelope was voided, and keeps what still comes', async () => {
    const scene = await openScene(contract)
    await scene.command({ kind: 'void', actor: clerk, reason: 'wrong price' })
    await scene.settle()
    const { cancel } = scene.request().traits
    expect(scene.request()).toMatchObject(
      cancel === 'none' ? { state: 'open' } : { state: 'closed', outcome: 'cancelled' },
    )
    const answer = await scene.act({ kind: 'sign', person: 0 })
    expect(answer).toBe(cancel === 'none' ? 'later' : 'gone')
    expect(scene.aggregate().envelope.state).toBe('voided')
    expect(scene.signing().state).toBe('voided')
    expect(scene.aggregate().artifacts.map((each) => each.standing)).toEqual(
      cancel === 'none' ? ['late'] : [],
    )
    await closeScene(scene)
  })
}
