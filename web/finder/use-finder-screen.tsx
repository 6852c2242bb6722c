import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'

import type { CatalogEdition } from '#catalog/api.ts'
import type { Assessment, Finder } from '#finder/api.ts'
import { editionQuery } from '#web/catalog/load.ts'
import { paths } from '#web/paths.ts'
import { useLanguage, useTexts } from '#web/texts/language.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { MainAndAside, Page } from '#web/ui/page.tsx'

import { EditionNotices } from './edition-notices.tsx'
import { History } from './history.tsx'
import { Judgement } from './judgement.tsx'
import { finderQuery } from './load.ts'
import { Questions } from './questions.tsx'
import { SaveBar, Saved } from './save.tsx'
import { useDraft } from './use-draft.ts'
import { useSave } from './use-save.ts'
import { ConclusionBar, SpokenVerdict, VerdictAside } from './verdict-aside.tsx'
import { useWeighing } from './weighing.ts'
import { worderOf } from './words.ts'

/** Weighs one use: scope gate, then the axes; the verdict beside them moves with every answer. */
export function UseFinderScreen() {
  const t = useTexts()
  const { id } = useParams({ from: '/uses/$id/finder' })
  const finder = useQuery(finderQuery(id))
  const catalog = finder.data?.catalog
  const edition = useQuery({
    ...editionQuery(catalog?.id ?? '', catalog?.edition ?? ''),
    enabled: catalog !== undefined,
  })
  const use = finder.data?.use
  return (
    <Page
      title={t.finder.title}
      crumbs={[
        { name: t.shell.product, href: paths.overview() },
        ...(use ? [{ name: use.name, href: paths.system(use.systemId) }] : []),
      ]}
      lead={use && <Lead use={use} edition={edition.data} />}
    >
      <Loaded query={finder}>
        {(data) => <Loaded query={edition}>{(one) => <Form key={id} finder={data} edition={one} />}</Loaded>}
      </Loaded>
    </Page>
  )
}

function Lead({ use, edition }: { use: Finder['use']; edition: CatalogEdition | undefined }) {
  const t = useTexts()
  const name = use.useName === null ? use.name : `${use.name} › ${use.useName}`
  const rules = edition && t.finder.leadRules(t.catalog.shortEdition(edition.catalog.id, edition.catalog.edition))
  return (
    <p>{[t.finder.lead(name, use.number), rules, t.finder.leadMoves].filter(Boolean).join(t.overview.separator)}</p>
  )
}

function Form({ finder, edition }: { finder: Finder; edition: CatalogEdition }) {
  const t = useTexts()
  const { language } = useLanguage()
  const weighing = useWeighing(finder, edition)
  const words = worderOf(edition.catalog, weighing.sections, t, language)
  const [saved, setSaved] = useState<Assessment | undefined>(undefined)
  const draft = useDraft({
    useId: finder.use.useId,
    answers: weighing.answers,
    changed: weighing.changed,
    open: finder.may.assess.open,
  })
  const save = useSave(weighing, (assessment) => {
    weighing.replace(assessment.answers)
    setSaved(assessment)
  })
  const parts = { weighing, words }
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Ctrl+Enter from any field; the button does the same
    <div
      onKeyDown={(e) => {
        if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) {
          e.preventDefault()
          save.send()
        }
      }}
    >
      <ConclusionBar {...parts} />
      <SpokenVerdict {...parts} />
      <MainAndAside
        asideName={t.finder.verdict.aside}
        main={
          <>
            {saved && !weighing.changed && <Saved assessment={saved} weighing={weighing} words={words} />}
            <EditionNotices weighing={weighing} />
            <Questions {...parts} />
            <SaveBar {...parts} draft={draft} save={save} />
          </>
        }
        aside={<VerdictAside {...parts} judgement={<Judgement {...parts} />} />}
      />
      <div className="mt-8">
        <History {...parts} />
      </div>
    </div>
  )
}
