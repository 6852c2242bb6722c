import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'

import type { ImportFile } from '#register/import/api.ts'
import { upload } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { OrganisationField } from '#web/register/organisation-field.tsx'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { FileField } from '#web/ui/file-field.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { Progress } from '#web/ui/loading.tsx'
import { Notice } from '#web/ui/notice.tsx'

import { FileProblem } from './file-problem.tsx'

type Props = {
  file: ImportFile | undefined
  organisationId: string
  onOrganisation: (id: string) => void
  onFile: (file: ImportFile | undefined) => void
  onNext: () => void
}

/** The file and the organisation it speaks for. Nothing is imported by handing it in. */
export function FileStep({ file, organisationId, onOrganisation, onFile, onNext }: Props) {
  const t = useTexts()
  const words = t.importing.file
  const [sent, setSent] = useState(0)
  const read = useMutation({
    mutationFn: (chosen: File) => upload<ImportFile>('/import-files', chosen, { onProgress: setSent }),
    onMutate: () => {
      setSent(0)
      onFile(undefined)
    },
    onSuccess: onFile,
  })
  return (
    <div className="flex max-w-3xl flex-col gap-6">
      <OrganisationField
        label={words.organisation}
        help={words.organisationHelp}
        value={organisationId}
        onChange={onOrganisation}
      />
      <FileField
        label={words.choose}
        help={words.help}
        accept=".csv,.tsv,.txt,.xlsx"
        choose={file === undefined ? words.choose : words.another}
        drop={words.drop}
        busy={read.isPending}
        onFile={(chosen) => read.mutate(chosen)}
      />
      {read.isPending && <Progress done={Math.round(sent * 100)} all={100} doing={words.sending} />}
      {read.isError && <FileProblem error={read.error} />}
      {file && <FileRead file={file} />}
      {file && (
        <div>
          <Button look="filled" onPress={onNext}>
            {words.next}
          </Button>
        </div>
      )}
    </div>
  )
}

function FileRead({ file }: { file: ImportFile }) {
  const t = useTexts()
  const f = useFormat()
  const words = t.importing.file
  const { alreadyImported } = file
  return (
    <Notice
      kind={alreadyImported === null ? 'success' : 'attention'}
      title={words.read(file.fileName)}
      takesFocus
      action={alreadyImported && <Link href={paths.import(alreadyImported.importId)}>{words.openEarlier}</Link>}
    >
      <p>
        {f.bytes(file.bytes)} {file.format.toUpperCase()}
      </p>
      <p>{alreadyImported === null ? words.first : words.already(f.date(alreadyImported.at))}</p>
    </Notice>
  )
}
