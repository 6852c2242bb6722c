import { useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'

import type { SystemDetail } from '#register/api.ts'
import { stageOf } from '#register/workflow.ts'
import { textOf } from '#register/model.ts'
import { SystemCases } from '#web/consultation/board/system-cases.tsx'
import { EvidencePanel } from '#web/evidence/evidence-panel.tsx'
import { paths } from '#web/paths.ts'
import { oneOf } from '#web/search.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { ButtonLink } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Page } from '#web/ui/page.tsx'
import { Tag } from '#web/ui/tags.tsx'

import { systemQuery } from './calls.ts'
import { FactsPanel } from './facts-panel.tsx'
import { HistoryPanel } from './history-panel.tsx'
import { NextStepPanel } from './next-step-panel.tsx'
import { OriginPanel } from './origin-panel.tsx'
import { StageStepper } from './stage-stepper.tsx'
import { SystemLead, useSystemCrumbs } from './system-head.tsx'
import { SystemTabs } from './system-tabs.tsx'
import { UsesPanel } from './uses-panel.tsx'
import { VerdictPanel } from './verdict-panel.tsx'
import { WaiversOf } from './waivers-panel.tsx'

/** Decides: may it go to the next stage, and on what grounds. */
export function SystemScreen() {
  const { id } = useParams({ from: '/systems/$id' })
  const t = useTexts()
  const system = useQuery(systemQuery(id))
  if (system.data === undefined) {
    return (
      <Page title={t.register.title}>
        <Loaded query={system}>{() => null}</Loaded>
      </Page>
    )
  }
  return <Loaded query={system}>{({ data }) => <SystemPage key={data.id} system={data} />}</Loaded>
}

function SystemPage({ system }: { system: SystemDetail }) {
  const t = useTexts()
  const crumbs = useSystemCrumbs(system)
  const wanted = oneOf(useSearch({ strict: false }), 'use')
  // Unasked, the use with the strictest verdict is shown: it is the one that decides.
  const use =
    system.uses.find(({ id }) => id === wanted) ?? system.uses.find(({ verdict }) => verdict === system.strictest)
  const suspended = stageOf(system.facts) === 'suspended'
  return (
    <Page
      title={textOf(system.facts, 'name')}
      crumbs={crumbs}
      lead={<SystemLead system={system} />}
      actions={
        <>
          {suspended && <Tag tone="attention">{t.register.system.suspended}</Tag>}
          {system.may['change-system'] ? (
            <ButtonLink href={paths.systemEdit(system.id)} size="medium">
              {t.register.system.edit}
            </ButtonLink>
          ) : (
            <Button size="medium" blockedBecause={t.register.system.editBlocked}>
              {t.register.system.edit}
            </Button>
          )}
        </>
      }
    >
      <a
        href="#next-step"
        className="sr-only focus:not-sr-only focus:mb-4 focus:inline-block focus:text-blue-1000 focus:underline"
      >
        {t.register.system.skipToNext}
      </a>
      <StageStepper facts={system.facts} />
      <SystemTabs system={system} use={use?.id} current="overview" />
      {system.uses.length > 1 && <UsesPanel system={system} chosen={use?.id} />}
      {/* Two columns where there is room; else one, in the order of what is decided. */}
      <div className="flex flex-col gap-6 lg:grid lg:grid-cols-2 lg:items-start">
        <div className="contents lg:flex lg:min-w-0 lg:flex-col lg:gap-6">
          <div className="order-1">{use && <VerdictPanel key={use.id} use={use} />}</div>
          <div className="order-3">
            <FactsPanel key={use?.id} system={system} use={use} />
          </div>
        </div>
        <div className="contents lg:flex lg:min-w-0 lg:flex-col lg:gap-6">
          <div className="order-2 flex flex-col gap-6">
            <NextStepPanel system={system} />
            <WaiversOf systemId={system.id} />
            <SystemCases systemId={system.id} />
          </div>
          <div className="order-4">
            <HistoryPanel id={system.id} />
          </div>
        </div>
      </div>
      <EvidencePanel of={{ kind: 'system', id: system.id }} />
      {system.origin !== null && <OriginPanel id={system.id} />}
    </Page>
  )
}
