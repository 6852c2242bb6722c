import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'

import type { Import } from '#register/import/api.ts'
import { useMe } from '#web/shell/session.ts'
import { oneOf } from '#web/search.ts'
import { useLanguage, useTexts } from '#web/texts/language.tsx'
import { hasFilters, readQuery, writeFilter } from '#web/register/query.ts'
import { Button } from '#web/ui/button.tsx'
import { Checkbox, RadioCards } from '#web/ui/choices.tsx'
import { formatNumber, useFormat } from '#web/ui/format.ts'
import { Loading } from '#web/ui/loading.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { Select } from '#web/ui/select.tsx'

import { exportPlanQuery, type ExportQuery } from './calls.ts'
import { ExportPlanView } from './export-plan-view.tsx'

type Profile = 'register' | 'round-trip'
type Format = 'csv' | 'xlsx' | 'json'
const formats = ['csv', 'xlsx', 'json'] as const
const encodings = ['utf-8-bom', 'utf-8', 'cp932'] as const

/** The register or an imported table as a file: what it leaves out and cannot hold is shown before it is written. */
export function ExportPanel({ imports }: { imports: readonly Import[] }) {
  const t = useTexts()
  const me = useMe()
  const words = t.importing.exporting
  if (me && !me.may.export) {
    return (
      <Section title={words.title} id="export">
        <Notice kind="information" level={3} title={words.blocked} />
      </Section>
    )
  }
  return (
    <Section title={words.title} id="export" aside={words.lead}>
      <ExportForm imports={imports.filter(({ state }) => state === 'done' || state === 'undone')} />
    </Section>
  )
}

function ExportForm({ imports }: { imports: readonly Import[] }) {
  const t = useTexts()
  const f = useFormat()
  const { language } = useLanguage()
  const words = t.importing.exporting
  const search = useSearch({ strict: false })
  const query = readQuery(search)
  const [profile, setProfile] = useState<Profile>(oneOf(search, 'export') === 'round-trip' ? 'round-trip' : 'register')
  const [importId, setImportId] = useState(oneOf(search, 'importId'))
  const [format, setFormat] = useState<Format>('csv')
  const [encoding, setEncoding] = useState<(typeof encodings)[number]>('utf-8-bom')
  const uses = oneOf(search, 'uses')
  const narrowed = uses !== '' || hasFilters(query)
  const [filtered, setFiltered] = useState(narrowed)
  const [harmless, setHarmless] = useState(false)
  const [planned, setPlanned] = useState<ExportQuery | undefined>()
  const filter = new URLSearchParams(writeFilter(query)).toString()
  const asked: ExportQuery = {
    profile,
    format,
    language,
    ...(format === 'csv' ? { encoding } : {}),
    ...(profile === 'round-trip' ? { importId, harmless: String(harmless) } : {}),
    ...(profile === 'register' && filtered && uses !== '' ? { uses } : {}),
    ...(profile === 'register' && filtered && uses === '' && filter !== '' ? { filter } : {}),
  }
  const current = planned !== undefined && JSON.stringify(planned) === JSON.stringify(asked)
  const plan = useQuery({ ...exportPlanQuery(asked), enabled: current })
  const noImport = profile === 'round-trip' && importId === ''
  return (
    <div className="grid items-start gap-8 lg:grid-cols-2">
      <div className="flex flex-col gap-6">
        <RadioCards
          label={words.profile}
          offerNotYet={false}
          choices={(['register', 'round-trip'] as const).map((id) => ({ id, ...words.profiles[id] }))}
          value={profile}
          onChange={(id) => setProfile(id === 'round-trip' ? id : 'register')}
        />
        {profile === 'round-trip' &&
          (imports.length === 0 ? (
            <p>{words.importNone}</p>
          ) : (
            <Select
              label={words.import}
              width="long"
              choices={imports.map(({ id, fileName, at }) => ({ id, name: fileName, note: f.dateTime(at) }))}
              value={importId === '' ? undefined : importId}
              onChange={setImportId}
            />
          ))}
        {profile === 'register' && narrowed && (
          <RadioCards
            label={words.filter}
            offerNotYet={false}
            columns={2}
            choices={[
              {
                id: 'filtered',
                name: uses === '' ? words.filterChosen : words.filterSelected(formatNumber(uses.split(',').length)),
              },
              { id: 'all', name: words.filterAll },
            ]}
            value={filtered ? 'filtered' : 'all'}
            onChange={(id) => setFiltered(id === 'filtered')}
          />
        )}
        <Select
          label={words.format}
          choices={formats.map((id) => ({ id, name: words.formats[id] }))}
          value={format}
          onChange={(id) => setFormat(formats.find((one) => one === id) ?? 'csv')}
        />
        {format === 'csv' && (
          <Select
            label={words.encoding}
            choices={encodings.map((id) => ({ id, name: words.encodings[id].name, note: words.encodings[id].help }))}
            value={encoding}
            onChange={(id) => setEncoding(encodings.find((one) => one === id) ?? 'utf-8-bom')}
          />
        )}
        {profile === 'round-trip' ? (
          <Checkbox chosen={harmless} onChange={setHarmless}>
            <span>
              {words.harmless}
              <span className="block text-note text-solid-gray-700">{words.harmlessHelp}</span>
            </span>
          </Checkbox>
        ) : (
          format === 'csv' && <p className="text-note text-solid-gray-700">{words.safe}</p>
        )}
        <div>
          <Button
            busy={current && plan.isFetching}
            blockedBecause={noImport ? words.importNeeded : undefined}
            onPress={() => setPlanned(asked)}
          >
            {words.plan}
          </Button>
        </div>
      </div>
      <div aria-live="polite">
        {current && plan.isFetching && <Loading>{words.planning}</Loading>}
        {current && plan.isError && <Problem error={plan.error} onAgain={() => void plan.refetch()} />}
        {current && plan.data && <ExportPlanView plan={plan.data} query={asked} />}
      </div>
    </div>
  )
}
