import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { LogFinding, Verification } from '#audit/verify/api.ts'
import { useOnlyWho } from '#web/access/policies.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { FileField } from '#web/ui/file-field.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Loaded } from '#web/ui/loading.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { DataTable } from '#web/ui/table.tsx'
import { Tag } from '#web/ui/tags.tsx'

import { startVerification, verificationsQuery } from './calls.ts'

/** Starts the verifier, and shows what it found. */
export function Verifications() {
  const t = useTexts()
  const words = t.log.verify
  const runs = useQuery(verificationsQuery)
  return (
    <Panel title={words.title}>
      <p>{words.lead}</p>
      <Start running={runs.data?.[0]?.outcome === 'running'} />
      <h3 className="mt-6 mb-2 text-std-18B-160">{words.results}</h3>
      <Loaded query={runs}>{(list) => (list.length === 0 ? <p>{words.none}</p> : <Runs runs={list} />)}</Loaded>
    </Panel>
  )
}

function Start({ running }: { running: boolean }) {
  const words = useTexts().log.verify
  const queryClient = useQueryClient()
  const only = useOnlyWho('read-whole-log')
  const [file, setFile] = useState<{ name: string; text: string }>()
  const start = useMutation({
    mutationFn: () => startVerification(file === undefined ? [] : [file.text]),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['log-verifications'] }),
  })
  return (
    <div className="mt-4 grid gap-4">
      <FileField
        label={words.file}
        help={words.fileHelp}
        accept=".txt,text/plain,*"
        choose={words.choose}
        drop={words.drop}
        onFile={(chosen) => void chosen.text().then((text) => setFile({ name: chosen.name, text }))}
      />
      <div className="flex flex-wrap items-center gap-4">
        <Button
          look="filled"
          blockedBecause={running ? words.running : only}
          busy={start.isPending}
          onPress={() => start.mutate()}
        >
          {words.start}
        </Button>
        <span role="status" className="text-note">
          {file !== undefined && words.chosen(file.name)} {start.isSuccess && running ? words.began : ''}
        </span>
      </div>
      {start.error && <Problem error={start.error} />}
    </div>
  )
}

const tones = { running: 'blue', intact: 'success', faulty: 'error', failed: 'attention' } as const

function Runs({ runs }: { runs: readonly Verification[] }) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const words = t.log.verify
  const [open, setOpen] = useState<string | undefined>(runs.find(({ outcome }) => outcome === 'faulty')?.id)
  const seen = ({ counts }: Verification) =>
    counts.leaves === undefined
      ? '–'
      : words.seenOf(f.number(counts.leaves), f.number(counts.rows ?? 0), f.number(counts.withheld ?? 0))
  return (
    <DataTable<Verification>
      caption={words.results}
      rows={runs}
      rowKey={({ id }) => id}
      rowName={({ startedAt, outcome }) => `${f.dateTime(startedAt)} ${words.outcomes[outcome]}`}
      columns={[
        {
          id: 'at',
          name: words.at,
          cell: ({ startedAt }) => <span className="keep tabular-nums">{f.dateTime(startedAt)}</span>,
        },
        {
          id: 'outcome',
          name: words.outcome,
          rowHead: true,
          cell: ({ outcome, counts }) => (
            <>
              <Tag tone={tones[outcome]}>{words.outcomes[outcome]}</Tag>
              {(counts.faults ?? 0) > 0 && <span className="ml-2">{words.faults(f.number(counts.faults ?? 0))}</span>}
            </>
          ),
        },
        { id: 'seen', name: words.seen, cell: seen },
        { id: 'who', name: words.who, cell: ({ by }) => (by === null ? words.itself : pick(by)) },
      ]}
      opening={{ key: open, onOpen: setOpen, details: (run) => <Found run={run} /> }}
    />
  )
}

function Found({ run: { findings, counts, outcome, root } }: { run: Verification }) {
  const t = useTexts()
  const f = useFormat()
  const words = t.log.verify
  if (outcome !== 'faulty')
    return (
      <p>
        {words.outcomes[outcome]} <code className="font-mono wrap-anywhere">{root}</code>
      </p>
    )
  const left = (counts.faults ?? findings.length) - findings.length
  return (
    <>
      <p className="mb-2 font-700">{words.tellAuditor}</p>
      <h4 className="text-std-16B-170">{words.found}</h4>
      <ul className="list-disc pl-6">
        {findings.map((finding) => (
          <li key={JSON.stringify(finding)}>
            <Finding finding={finding} />
          </li>
        ))}
      </ul>
      {left > 0 && <p>{words.more(f.number(left))}</p>}
    </>
  )
}

/** What is wrong in words, then where. */
function Finding({ finding: { fault, ...where } }: { finding: LogFinding }) {
  const t = useTexts()
  const places = Object.entries(where).map(([name, value]) =>
    t.ui.named(t.log.where[name as keyof typeof t.log.where], String(value)),
  )
  return (
    <>
      {t.log.faults[fault] ?? fault}{' '}
      {places.length > 0 && <span className="wrap-anywhere">{t.ui.brackets(t.ui.list(places))}</span>}
    </>
  )
}
