import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { PoliciesAnswer } from '#access/policies/api.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { DataTable } from '#web/ui/table.tsx'
import { Tag } from '#web/ui/tags.tsx'

import { policiesQuery } from './policies.ts'

type Policy = PoliciesAnswer['policies'][number]

/** Every policy in one sentence, with its source; opened, as it stands in its file. */
export function PolicyTable() {
  const t = useTexts()
  const pick = usePick()
  const words = t.access.organisations
  const query = useQuery(policiesQuery)
  const [open, setOpen] = useState<string>()
  return (
    <Loaded query={query}>
      {({ policies }) => (
        <DataTable<Policy>
          caption={words.policies}
          rows={policies}
          rowKey={({ id }) => id}
          rowName={({ id }) => id}
          columns={[
            { id: 'words', name: words.policyWords, cell: (policy) => pick(policy.words) },
            {
              id: 'effect',
              name: words.policyEffect,
              cell: ({ effect }) => (
                <Tag tone={effect === 'forbid' ? 'attention' : 'quiet'}>{words.effects[effect]}</Tag>
              ),
            },
            {
              id: 'source',
              name: words.policySource,
              cell: ({ source }) => (source === 'preset' ? words.preset : source),
            },
            { id: 'file', name: words.policyFile, cell: ({ file, line }) => `${file}:${line}` },
          ]}
          opening={{
            key: open,
            onOpen: setOpen,
            details: ({ text }) => (
              <pre aria-label={words.policyText} className="overflow-x-auto font-mono text-note whitespace-pre-wrap">
                {text}
              </pre>
            ),
          }}
        />
      )}
    </Loaded>
  )
}
