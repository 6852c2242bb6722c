import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { catalogItems } from '#consultation/desk/catalog-items.ts'
import { textIn } from '#catalog/model-texts.ts'
import { editionQuery } from '#web/catalog/load.ts'
import { useLanguage, useTexts } from '#web/texts/language.tsx'
import { FilterChips } from '#web/ui/chips.tsx'
import { SearchSelect } from '#web/ui/select.tsx'

type Edition = { readonly catalog: string; readonly edition: string }

/** Names of the items of an edition, by id. */
export function useItemNames({ catalog, edition }: Edition, enabled = true): ReadonlyMap<string, string> {
  const { language } = useLanguage()
  const { data } = useQuery({ ...editionQuery(catalog, edition), enabled })
  const items = data === undefined ? [] : catalogItems(data.catalog)
  return new Map(items.map((item) => [item.id, `${item.id} ${textIn(item.title, language)}`]))
}

type Props = { value: readonly string[]; edition: Edition; onChange: (items: string[]) => void }

/** The items of the catalog that an answer concerns. */
export function ItemsField({ value, edition, onChange }: Props) {
  const t = useTexts()
  const words = t.desk.publication
  const names = useItemNames(edition)
  // Chosen ones are taken off the list; the field is emptied after each.
  const [round, setRound] = useState(0)
  return (
    <div className="flex flex-col gap-2">
      <SearchSelect
        key={round}
        label={words.items}
        help={words.itemsHelp(t.catalog.shortEdition(edition.catalog, edition.edition))}
        requirement="optional"
        width="long"
        choices={[...names].filter(([id]) => !value.includes(id)).map(([id, name]) => ({ id, name }))}
        value={undefined}
        onChange={(id) => {
          if (!names.has(id)) return
          onChange([...value, id])
          setRound(round + 1)
        }}
      />
      {value.length > 0 && (
        <FilterChips
          chips={value.map((id) => ({ id, name: words.items, values: [names.get(id) ?? id] }))}
          onRemove={(id) => onChange(value.filter((one) => one !== id))}
          onRemoveAll={() => onChange([])}
        />
      )}
    </div>
  )
}
