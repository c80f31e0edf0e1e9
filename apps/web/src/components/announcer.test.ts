import { describe, expect, it } from 'vitest'
import { createAnnouncer, speechGapMs } from './announcer.ts'

function setUp() {
  const spoken: string[] = []
  let nowMs = 0
  let due: { readonly task: () => void; readonly atMs: number } | undefined
  const announcer = createAnnouncer({
    speak: (text) => spoken.push(text),
    nowMs: () => nowMs,
    later: (task, delayMs) => {
      due = { task, atMs: nowMs + delayMs }

      return () => {
        due = undefined
      }
    },
  })
  const pass = (ms: number) => {
    nowMs += ms

    if (due !== undefined && due.atMs <= nowMs) {
      const { task } = due
      due = undefined
      task()
    }
  }

  return { announcer, spoken, pass }
}

describe('createAnnouncer', () => {
  it('says the first sentence at once', () => {
    const { announcer, spoken } = setUp()
    announcer.say('Үлгіұлы Сынақ: документы открыты')

    expect(spoken).toEqual(['Үлгіұлы Сынақ: документы открыты'])
  })

  it('merges what comes within five seconds into one sentence, each once', () => {
    const { announcer, spoken, pass } = setUp()
    announcer.say('a')
    announcer.say('b')
    announcer.say('c')
    announcer.say('b')

    expect(spoken).toEqual(['a'])
    pass(speechGapMs - 1)
    expect(spoken).toEqual(['a'])
    pass(1)
    expect(spoken).toEqual(['a', 'b c'])
  })

  it('says nothing after its end', () => {
    const { announcer, spoken, pass } = setUp()
    announcer.say('a')
    announcer.say('b')
    announcer.stop()
    pass(speechGapMs)

    expect(spoken).toEqual(['a'])
  })
})
