import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Sandbox, startSandbox } from '@muhr/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCommandWorld } from '../command/testing.ts'
import { runEpgu } from './run-epgu.ts'

const page = readFileSync(new URL('../../../../docs/epgu.md', import.meta.url), 'utf8')
const linesOf = (example: string): readonly string[] =>
  (page.split(`\`\`\`sh example=${example}\n`)[1]?.split('```')[0] ?? '').trim().split('\n')

const world = createCommandWorld(new Date())
const guid = '5b0f8a3e-2f6f-4e55-9d0a-0a5b7c1d2e3f'
const namespace = 'urn://sandbox.muhr.test/notice/1.0.0'
let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox({
    dir: join(world.folder, 'sandbox'),
    ports: { console: 0, esia: 0, epgu: 0, signme: 0, trust: 0, tls: 0 },
    epguStepMs: 0,
  })
  const key = sandbox.ready.keys.find(
    (each) =>
      each.country === 'RU' &&
      each.format === 'pkcs12' &&
      each.account === 'sender' &&
      each.state === 'valid' &&
      each.algorithm === 'ru-2012-256',
  )
  world.write('organisation.p12', readFileSync(key?.file ?? ''))
  world.write('contract.pdf', '%PDF-1.4 TEST\n')
  const moscow = new Date(Date.now() + 4 * 3_600_000).toISOString().slice(0, 19)
  world.write(
    'req.xml',
    `<SignRequest xmlns="urn://mpkey.gosuslugi.ru/sign_document/1.0.0"><Snils>000-000-001 01</Snils><SignExpiration>${moscow}+03:00</SignExpiration><Description>17</Description><Attribute><AttributeName>orgName</AttributeName><AttributeValue>TEST</AttributeValue></Attribute><Attribute><AttributeName>orgINN</AttributeName><AttributeValue>9999000013</AttributeValue></Attribute></SignRequest>`,
  )
  world.write(
    `req_${guid}.xml`,
    `<NoticeRequest xmlns="${namespace}"><OrderId>{{orderId}}</OrderId><Guid>${guid}</Guid><Applicant><INN>9999000013</INN><Name>TEST</Name></Applicant></NoticeRequest>`,
  )
  world.write(
    `trans_${guid}.xml`,
    `<Notice xmlns="${namespace}"><Guid>${guid}</Guid><Subject>TEST</Subject><Date>2026-11-30</Date></Notice>`,
  )
  world.write(
    'notice.xsd',
    `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="${namespace}" elementFormDefault="qualified"><xs:element name="NoticeRequest"><xs:complexType><xs:sequence><xs:element name="OrderId" type="xs:positiveInteger"/><xs:any maxOccurs="unbounded" processContents="skip"/></xs:sequence></xs:complexType></xs:element></xs:schema>`,
  )
})
afterAll(async () => {
  await sandbox.stop()
  world.remove()
})

const command = /^(?:(\w+)=\$\()?npx muhr epgu (.*?)\)?$/

describe('docs/epgu.md', () => {
  it.each(['goskey', 'notice'])('has commands that work: %s', async (example) => {
    const env: Record<string, string> = {}
    const variables: Record<string, string> = {}
    let done = 0
    for (const line of [linesOf('goskey').slice(0, 2), linesOf(example)].flat()) {
      for (const [, name = '', value = ''] of line.startsWith('export')
        ? line.matchAll(/(\w+)=(\S+)/g)
        : []) {
        env[name] = value
      }
      const [, variable, words] = command.exec(line) ?? []
      if (words === undefined) continue
      const args = words.split(' ').map((word) => variables[word.replace('$', '')] ?? word)
      const run = (given: readonly string[]) =>
        world.run(runEpgu, given, {
          now: new Date(),
          env: { ...env, MUHR_ESIA_URL: sandbox.ready.esia, MUHR_EPGU_URL: sandbox.ready.epgu },
        })
      // Whoever types is slower than the gateway: files are there once it has looked at them.
      const isEarly = async () =>
        args[0] === 'download' &&
        /"sentFiles": \[\]|"order": null/.test(
          (await run(['status', args[1] ?? '', '--token-file', 'token', '--json'])).stdout,
        )
      while (await isEarly());
      const ran = await run(args)
      expect(ran.code, `${line}\n${ran.stderr}`).toBe(0)
      if (variable !== undefined) variables[variable] = ran.stdout.trim()
      done += 1
    }
    expect(done).toBe(example === 'goskey' ? 10 : 4)
  })
})
