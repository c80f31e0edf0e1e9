import type { SandboxReady } from '@muhr/sandbox'
import { type Api, type EnvelopeView, waitFor } from './api.ts'
import { makePdf } from './make-pdf.ts'
import type { SignmeScenario, SignmeSigner } from './signme-scenarios.ts'
import { type SimSignme, simSignmeOf } from './sim-signme.ts'

/** How a scenario ended. */
export type SignmeResult = {
  readonly state: string
  readonly signings: readonly string[]
  readonly evidence?: Uint8Array | undefined
  /** States that the first request was seen in before its signer came. */
  readonly more: string
}

type World = { readonly api: Api; readonly sim: SimSignme }

/** Runs scenarios side by side as their people would: the sender over REST, the signers on the page of Sign.Me. */
export function runSignmeScenarios(
  api: Api,
  ready: SandboxReady,
  scenarios: readonly SignmeScenario[],
): Promise<readonly SignmeResult[]> {
  const world = { api, sim: simSignmeOf(ready) }

  return Promise.all(scenarios.map((scenario) => runScenario(world, scenario)))
}

async function runScenario({ api, sim }: World, scenario: SignmeScenario): Promise<SignmeResult> {
  const files = Array.from({ length: scenario.files }, (_, index) =>
    makePdf([
      'Muhr sandbox: document to be signed',
      `${scenario.name}, file ${index + 1}`,
      `Made ${new Date().toISOString()}`,
    ]),
  )
  const [first] = files
  if (scenario.isAnswerLost === true && first !== undefined) await sim.loseAnswer(first)
  const { id } = await send({ api, sim }, scenario, files)
  const seen: string[] = []
  for (const [index, signer] of scenario.signers.entries()) {
    const page =
      scenario.isAnswerLost === true && first !== undefined
        ? await pageOfLost({ api, sim }, id, first)
        : await pageOf(api, id, index)
    seen.push(page.state)
    await act(sim, page.url, signer)
  }
  const { state, signings } = await waitFor(
    api,
    id,
    (envelope) =>
      envelope.state !== 'sent' &&
      (scenario.expected !== 'completed' || envelope.evidence.timestamped),
  )

  return {
    state,
    signings: signings.map((signing) => signing.state),
    more: `requests were ${seen.join(', ')}`,
    ...(state === 'completed' ? { evidence: await api.evidence(id) } : {}),
  }
}

async function send(
  { api, sim }: World,
  scenario: SignmeScenario,
  files: readonly Uint8Array[],
): Promise<EnvelopeView> {
  const documents = []
  for (const [index, bytes] of files.entries()) {
    documents.push({ id: (await api.upload(`act-${index + 1}.pdf`, bytes)).id })
  }

  return api.create({
    title: `Demo: ${scenario.name}`,
    documents,
    recipients: scenario.signers.map(({ user: id, method }, index) => {
      const user = sim.userOf(id)
      const { snils, phone } = user
      const inn = method === 'COMPANY' ? { inn: sim.companyOf(user).inn } : {}

      return {
        name: `${user.surname} ${user.givenName}`,
        locale: 'ru',
        orderGroup: index + 1,
        identifiers: { snils, ...inn },
        contact: { phone },
        methods: [{ provider: 'signme', method }],
      }
    }),
    send: true,
  })
}

type Page = { readonly url: string; readonly state: string }

/** The page that Muhr shows to the signer, once Sign.Me has said where it is. */
async function pageOf(api: Api, id: string, index: number): Promise<Page> {
  const framed = ({ signings }: EnvelopeView) =>
    signings[index]?.requests.find(
      ({ state, presentation }) => state === 'open' && presentation?.frame !== undefined,
    )
  const request = framed(await waitFor(api, id, (envelope) => framed(envelope) !== undefined))

  return { url: request?.presentation?.frame ?? '', state: request?.state ?? '' }
}

/** Muhr knows of nothing and sends nothing again; its signer was told of the page by Sign.Me. */
async function pageOfLost({ api, sim }: World, id: string, file: Uint8Array): Promise<Page> {
  await waitFor(api, id, ({ signings }) =>
    signings.some(({ requests }) => requests.some(({ state }) => state === 'unknown')),
  )

  return { url: await sim.pageOver(file), state: 'unknown' }
}

async function act(sim: SimSignme, page: string, { user: id, act }: SignmeSigner): Promise<void> {
  const user = sim.userOf(id)
  switch (act) {
    case 'refuses':
      await sim.refuse(page)
      break
    case 'mistypes-and-signs':
      await sim.signWrongly(page, user)
      await sim.sign(page, user)
      break
    case 'signs':
      await sim.sign(page, user)
  }
}
