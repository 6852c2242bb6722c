import { useQuery } from '@tanstack/react-query'

import type { LogState as State } from '#audit/api.ts'
import { useTexts } from '#web/texts/language.tsx'
import { useFormat } from '#web/ui/format.ts'
import { ButtonLink } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { DefinitionList, Panel } from '#web/ui/panel.tsx'
import { Tag } from '#web/ui/tags.tsx'

import { logStateQuery } from './calls.ts'
import { Verifications } from './verifications.tsx'

/** How the log stands, its keys and witnesses, and whether it was found sound. */
export function LogState() {
  const state = useQuery(logStateQuery)
  return (
    <div className="mt-5 grid gap-6">
      <Loaded query={state}>{(now) => <Now state={now} />}</Loaded>
      <Verifications />
      <Offline />
    </div>
  )
}

function Now({ state }: { state: State }) {
  const t = useTexts()
  const f = useFormat()
  const words = t.log.state
  const { fault, signed, size, waiting, lagMs, origin } = state
  const behind = waiting || (signed?.size ?? 0) < size
  return (
    <Panel title={words.title} aside={<StateTag fault={fault !== null} behind={behind} />}>
      {fault && (
        <Notice kind="error" title={words.fault}>
          {words.faults[fault.code] ?? fault.code}
        </Notice>
      )}
      <DefinitionList
        items={[
          { term: words.size, detail: words.entries(f.number(size)) },
          {
            term: words.last,
            detail: signed ? words.lastOf(f.number(signed.size), f.dateTime(signed.at)) : words.never,
          },
          { term: words.lag, detail: waiting ? words.lagOf((lagMs / 1000).toFixed(1)) : words.noLag },
          { term: words.origin, detail: <code className="font-mono wrap-anywhere">{origin ?? '–'}</code> },
          { term: words.root, detail: <code className="font-mono wrap-anywhere">{signed?.root ?? '–'}</code> },
          { term: words.keys, detail: <Keys keys={state.keys} /> },
          { term: words.witnesses, detail: <Witnesses witnesses={state.witnesses} /> },
        ]}
      />
      {signed && (
        <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2">
          <ButtonLink href="/log/checkpoint" size="medium" download>
            {words.saveCheckpoint}
          </ButtonLink>
          <span className="text-note text-solid-gray-700">{words.saveHelp}</span>
        </div>
      )}
    </Panel>
  )
}

function StateTag({ fault, behind }: { fault: boolean; behind: boolean }) {
  const { state } = useTexts().log
  if (fault) return <Tag tone="error">{state.fault}</Tag>
  return behind ? <Tag tone="attention">{state.behind}</Tag> : <Tag tone="success">{state.signed}</Tag>
}

function Keys({ keys }: Pick<State, 'keys'>) {
  const f = useFormat()
  const words = useTexts().log.state
  if (keys.length === 0) return words.never
  return (
    <>
      <ul>
        {keys.toReversed().map(({ key, keyId, current, retiredAt }) => (
          <li key={keyId} className="mb-1">
            <code className="font-mono wrap-anywhere">{key}</code>{' '}
            {current || retiredAt === null ? words.currentKey : words.retiredKey(f.date(retiredAt))}
          </li>
        ))}
      </ul>
      <p className="text-solid-gray-700">{words.keysLead}</p>
    </>
  )
}

function Witnesses({ witnesses }: Pick<State, 'witnesses'>) {
  const f = useFormat()
  const words = useTexts().log.state
  if (witnesses.length === 0) return words.noWitness
  return (
    <ul>
      {witnesses.map(({ name, size, at, problem }) => (
        <li key={name}>
          <code className="font-mono wrap-anywhere">{name}</code>{' '}
          {size === null || at === null ? words.notWitnessed : words.witnessed(f.number(size), f.dateTime(at))}
          {problem !== null && (
            <>
              {' '}
              <Tag tone="attention">{words.problems[problem]}</Tag>
            </>
          )}
        </li>
      ))}
    </ul>
  )
}

/** What an auditor does without this screen. */
function Offline() {
  const words = useTexts().log.offline
  return (
    <Panel title={words.title}>
      <p>{words.lead}</p>
      <ol className="mt-3 grid list-decimal gap-3 pl-6">
        <li>
          {words.export}
          <Command text="npm run tenbin -- audit export <folder>" />
        </li>
        <li>
          {words.check}
          <Command text="node tenbin-verify.mjs <folder> --key <key> --checkpoint <file>" />
        </li>
      </ol>
    </Panel>
  )
}

const Command = ({ text }: { text: string }) => (
  <code className="mt-1 block rounded-4 bg-solid-gray-50 px-3 py-2 font-mono text-note wrap-anywhere">{text}</code>
)
