import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'

import type { DocumentsPage } from '#procurement/documents/api.ts'
import { documentKinds, type Language, languages } from '#procurement/documents/model.ts'
import { paths } from '#web/paths.ts'
import { useLanguage, useTexts } from '#web/texts/language.tsx'
import { Checkbox, RadioCards } from '#web/ui/choices.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Page, Section } from '#web/ui/page.tsx'

import { documentsQuery } from './calls.ts'
import { DocumentCard } from './document-card.tsx'
import { MadeTables } from './made-tables.tsx'
import { SheetCards } from './sheet-cards.tsx'

/** Everything that leaves a procurement as a file, and what comes back. */
export function DocumentsScreen() {
  const t = useTexts()
  const { id } = useParams({ from: '/procurement/$id/documents' })
  const query = useQuery(documentsQuery(id))
  const crumbs = [
    { name: t.procurement.title, href: paths.procurements() },
    ...(query.data ? [{ name: query.data.procurement.title, href: paths.procurement(id) }] : []),
  ]
  return (
    <Page title={t.documents.title} crumbs={crumbs} lead={t.documents.lead}>
      <Loaded query={query}>{(page) => <Content page={page} />}</Loaded>
    </Page>
  )
}

function Content({ page }: { page: DocumentsPage }) {
  const t = useTexts().documents
  const { language: own } = useLanguage()
  const [language, setLanguage] = useState<Language>(own)
  const [internal, setInternal] = useState(false)
  return (
    <>
      <div className="grid max-w-200 gap-4">
        <RadioCards
          label={t.languageOf}
          columns={2}
          offerNotYet={false}
          choices={languages.map((id) => ({ id, name: t.languages[id] }))}
          value={language}
          onChange={(id) => setLanguage(id === 'en' ? 'en' : 'ja')}
        />
        <div>
          <Checkbox chosen={internal} onChange={setInternal}>
            {t.internal}
          </Checkbox>
          <p className="text-note text-solid-gray-700">{t.internalHelp}</p>
        </div>
      </div>
      {!page.pdf && (
        <div className="mt-6 max-w-200">
          <Notice kind="information" title={t.noPdf}>
            {t.noPdfHow}
          </Notice>
        </div>
      )}
      <div className="mt-6 grid gap-4 lg:grid-cols-3">
        {documentKinds.map((kind) => (
          <DocumentCard key={kind} page={page} kind={kind} language={language} internal={internal} />
        ))}
      </div>
      <div className="mt-10">
        <Section title={t.sheetsTitle}>
          <SheetCards page={page} language={language} />
        </Section>
      </div>
      <MadeTables page={page} />
    </>
  )
}
