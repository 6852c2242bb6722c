import { roleWords } from '#access/roles/role-words.ts'
import { fields } from '#register/words/en.ts'
import type { words as source } from '#web/texts/ja/words.ts'

export const words: typeof source = {
  verdicts: fields.verdicts,
  verdictSentences: {
    'consult-board': 'Consult the Advisory Board',
    'cannot-decide': 'Cannot decide',
    proceed: 'Proceed (no consultation needed)',
    'out-of-scope': 'Outside the scope of the guideline',
    'not-reported': 'No judgement reported yet',
  },
  stale: 'Judge again',
  absences: fields.absences,
  hasValue: 'Has a value',
  axes: { raised: 'Raised', half: 'Half', clear: 'Clear' },
  provenance: { official: 'Official', secondary: 'Secondary', preset: 'Preset' },
  provenanceSentences: {
    official: "the document's own words or their official translation",
    secondary: 'from a published summary. Check against the original',
    preset: 'proposed by Tenbin. Not official',
  },
  roles: roleWords.en,
  importOutcomes: { stored: 'Stored', rejected: 'Rejected', flagged: 'Flagged' },
}
