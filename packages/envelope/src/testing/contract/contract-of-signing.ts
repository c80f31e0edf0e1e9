import { expect, it } from 'vitest'
import { clerk } from '../samples.ts'
import { openScene, type Scene } from './scene.ts'
import type { ProviderContract } from './subject.ts'

/** Ends a test: nothing was broken on the way. */
export async function closeScene(scene: Scene): Promise<void> {
  expect(scene.core.violations()).toEqual([])
  await scene.close()
}

/** How a request is signed, well and badly. */
export function contractOfSigning(contract: ProviderContract): void {
  it('completes an envelope when the expected person signs', async () => {
    const scene = await openScene(contract)
    expect(scene.request().state).toBe('open')
    await scene.act({ kind: 'look' })
    expect(['sent', 'viewed']).toContain(scene.signing().state)
    expect(['accepted', 'later']).toContain(await scene.act({ kind: 'sign', person: 0 }))
    expect(scene.signing().state).toBe('signed')
    expect(scene.request()).toMatchObject({ state: 'closed', outcome: 'signed' })
    expect(scene.aggregate().envelope.state).toBe('completed')
    expect(scene.core.events(scene.envelope).at(-1)?.type).toBe('envelope.concluded')
    await closeScene(scene)
  })

  it('takes a signature over each of several documents', async () => {
    const scene = await openScene(contract, { documents: 3 })
    for (const request of scene.requests()) {
      await scene.act({ kind: 'sign', person: 0 }, { request: request.id })
    }
    const { artifacts, contents, documents, envelope } = scene.aggregate()
    expect(envelope.state).toBe('completed')
    const covered = artifacts.map(
      (artifact) => contents.find((content) => content.id === artifact.content)?.document,
    )
    expect(covered.toSorted()).toEqual(documents.map((document) => document.id).toSorted())
    await closeScene(scene)
  })

  it('asks a later order group only after the earlier one signed', async () => {
    const scene = await openScene(contract, { groups: [1, 2] })
    expect(scene.requests(1)).toEqual([])
    await scene.act({ kind: 'sign', person: 0 })
    expect(scene.aggregate().envelope.state).toBe('sent')
    expect(scene.request(1).state).toBe('open')
    await scene.act({ kind: 'sign', person: 1 }, { signing: 1 })
    expect(scene.aggregate().envelope.state).toBe('completed')
    await closeScene(scene)
  })

  it('never signs with a signature over other content', async () => {
    const scene = await openScene(contract)
    const answer = await scene.act({ kind: 'sign', person: 0, over: 'other' })
    expect(scene.aggregate().envelope.state).toBe('sent')
    expect(scene.request().attention).toBeDefined()
    if (answer !== 'later') {
      expect(answer).toBe('refused')
      await scene.act({ kind: 'sign', person: 0 })
      expect(scene.aggregate().envelope.state).toBe('completed')
      expect(scene.request().attention).toBeUndefined()
    }
    await closeScene(scene)
  })

  it('never signs with a signature of another person', async () => {
    const scene = await openScene(contract)
    const answer = await scene.act({ kind: 'sign', person: 1 })
    expect(scene.aggregate().envelope.state).toBe('sent')
    expect(scene.request().attention).toMatchObject({ kind: 'person' })
    if (answer !== 'later') {
      expect(answer).toBe('refused')
      await scene.act({ kind: 'sign', person: 0 })
      expect(scene.aggregate().envelope.state).toBe('completed')
    }
    await closeScene(scene)
  })

  it('holds what cannot be decided and judges it again', async () => {
    const scene = await openScene(contract)
    scene.subject.withholdTrust(true)
    await scene.act({ kind: 'sign', person: 0 })
    expect(scene.signing().state).toBe('held')
    expect(scene.aggregate().envelope.state).toBe('sent')
    scene.subject.withholdTrust(false)
    scene.clock.pass(120_000)
    await scene.settle()
    expect(scene.aggregate().envelope.state).toBe('completed')
    await closeScene(scene)
  })

  it('lets a named person accept what is held, with a reason', async () => {
    const scene = await openScene(contract)
    scene.subject.withholdTrust(true)
    await scene.act({ kind: 'sign', person: 0 })
    const accept = { kind: 'accept-held', signing: scene.signing().id, actor: clerk } as const
    expect(await scene.core.command(scene.envelope, { ...accept, reason: ' ' })).toMatchObject({
      refusal: { code: 'reason.missing' },
    })
    await scene.command({ ...accept, reason: 'checked by telephone' })
    expect(scene.aggregate().envelope.state).toBe('completed')
    expect(scene.signing().acceptedBy).toMatchObject({ actor: clerk })
    await closeScene(scene)
  })

  it('answers the same submission the same way and another one not at all', async () => {
    const scene = await openScene(contract)
    const first = await scene.act({ kind: 'sign', person: 0 })
    const before = scene.aggregate()
    const repeat = await scene.act({ kind: 'repeat' })
    const other = await scene.act({ kind: 'sign', person: 0 })
    expect(first === 'later' || repeat === first).toBe(true)
    expect(['conflict', 'gone']).toContain(other)
    expect(scene.aggregate().envelope.state).toBe('completed')
    expect(scene.aggregate().signings).toEqual(before.signings)
    expect(scene.aggregate().artifacts.filter((each) => each.standing === 'accepted')).toHaveLength(
      1,
    )
    await closeScene(scene)
  })

  it('takes nothing from whoever does not know the secret', async ({ skip }) => {
    const scene = await openScene(contract)
    if (scene.subject.provider.describe().acts === 'watched') {
      skip('nobody comes to us from this service')
    }
    expect(['refused', 'gone']).toContain(await scene.act({ kind: 'forge', person: 0 }))
    expect(scene.aggregate().artifacts).toEqual([])
    expect(['sent', 'viewed']).toContain(scene.signing().state)
    await scene.act({ kind: 'sign', person: 0 })
    expect(scene.aggregate().envelope.state).toBe('completed')
    await closeScene(scene)
  })
}
