import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { TemplatesPage } from '#procurement/documents/api.ts'
import {
  type DocumentKind,
  documentKinds,
  type Language,
  languages,
  placeholders,
} from '#procurement/documents/model.ts'
import { useLanguage, useTexts } from '#web/texts/language.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { type Column, DataTable } from '#web/ui/table.tsx'
import { Tabs } from '#web/ui/tabs.tsx'
import { Tag } from '#web/ui/tags.tsx'

import { templatesQuery } from './calls.ts'
import { TemplatePanel } from './template-panel.tsx'

/** The Word templates of the own organisation, by document and language. */
export function TemplatesScreen() {
  const t = useTexts().documents
  const query = useQuery(templatesQuery)
  return (
    <Page title={t.templates.title} lead={t.templates.lead}>
      <Loaded query={query}>{(page) => <Content page={page} />}</Loaded>
    </Page>
  )
}

function Content({ page }: { page: TemplatesPage }) {
  const t = useTexts().documents
  const { language: own } = useLanguage()
  const [kind, setKind] = useState<DocumentKind>('specification-annex')
  const [language, setLanguage] = useState<Language>(own)
  const slot = page.slots.find((one) => one.kind === kind && one.language === language)
  return (
    <Tabs
      label={t.templates.title}
      tabs={documentKinds.map((id) => ({ id, name: t.kinds[id].name }))}
      value={kind}
      onChange={(id) => setKind(documentKinds.find((one) => one === id) ?? kind)}
    >
      <Tabs
        label={t.languageOf}
        look="pills"
        tabs={languages.map((id) => ({ id, name: t.languages[id] }))}
        value={language}
        onChange={(id) => setLanguage(id === 'en' ? 'en' : 'ja')}
      >
        {slot && <TemplatePanel key={`${kind} ${language}`} slot={slot} limit={page.limit} may={page.may} />}
      </Tabs>
      <div className="mt-10">
        <Section title={t.templates.docs}>
          <p className="mb-4 max-w-200">{t.templates.docsLead}</p>
          <PlaceholderTable kind={kind} />
        </Section>
      </div>
    </Tabs>
  )
}

type Placeholder = (typeof placeholders)[DocumentKind][number]

function PlaceholderTable({ kind }: { kind: DocumentKind }) {
  const t = useTexts().documents.templates
  const columns: readonly Column<Placeholder>[] = [
    { id: 'ja', name: t.placeholder, rowHead: true, cell: ({ ja }) => <code lang="ja">{`{{${ja}}}`}</code> },
    { id: 'en', name: t.english, cell: ({ en }) => <code lang="en">{`{{${en}}}`}</code> },
    {
      id: 'how',
      name: t.required,
      cell: ({ block, required }) => (
        <span className="flex flex-wrap gap-2">
          {required && <Tag tone="attention">{t.required}</Tag>}
          {block && <Tag tone="quiet">{t.block}</Tag>}
        </span>
      ),
    },
  ]
  return <DataTable caption={t.docs} columns={columns} rows={placeholders[kind]} rowKey={({ id }) => id} dense />
}
