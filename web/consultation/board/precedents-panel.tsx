import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { ProvenanceTag } from '#web/ui/provenance-tag.tsx'

import { precedentsQuery } from './calls.ts'
import { PrecedentList } from './precedent-list.tsx'

/** Cases whose dossier is like this one. */
export function PrecedentsPanel({ caseId }: { caseId: string }) {
  const t = useTexts()
  const words = t.docket.precedents
  const [all, setAll] = useState(false)
  const found = useQuery(precedentsQuery(caseId, all))
  const more = found.data?.more ?? 0
  return (
    <Panel
      title={words.similar}
      aside={
        more > 0 ? (
          <Button look="text" size="small" onPress={() => setAll(true)}>
            {words.all(String(more + (found.data?.items.length ?? 0)))}
          </Button>
        ) : undefined
      }
    >
      <Loaded query={found}>
        {({ items }) =>
          items.length === 0 ? <p className="text-note">{words.none}</p> : <PrecedentList items={items} />
        }
      </Loaded>
      <p className="mt-3 text-note text-solid-gray-700">
        <ProvenanceTag provenance="preset" sources={[]} /> {words.preset}
      </p>
    </Panel>
  )
}
