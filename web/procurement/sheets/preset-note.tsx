import { useState } from 'react'

import { useLanguage, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { ProvenanceTag } from '#web/ui/provenance-tag.tsx'

import { TextDiff } from './text-diff.tsx'

type Props = {
  preset: { readonly ja: string; readonly en: string }
  text: string
  onBack: (text: string) => void
}

/** How the text differs from the preset from which it began; and what the preset says in English. */
export function PresetNote({ preset, text, onBack }: Props) {
  const t = useTexts().procurement.item
  const { language } = useLanguage()
  const [shown, setShown] = useState(false)
  const differs = text.trim() !== preset.ja.trim()
  return (
    <div className="text-note">
      <p className="flex flex-wrap items-center gap-x-4">
        <ProvenanceTag provenance="preset" />
        {differs && (
          <>
            <Button look="text" size="small" expanded={shown} onPress={() => setShown(!shown)}>
              {shown ? t.hidePreset : t.showPreset}
            </Button>
            <Button look="text" size="small" onPress={() => onBack(preset.ja)}>
              {t.backToPreset}
            </Button>
          </>
        )}
      </p>
      {differs && shown && (
        <div className="mt-1 rounded-6 border border-solid-gray-300 bg-white p-3">
          <TextDiff from={preset.ja} to={text} />
        </div>
      )}
      {language === 'en' && (
        <p className="mt-1 text-solid-gray-700">
          {t.presetEnglish}: {preset.en}
        </p>
      )}
    </div>
  )
}
