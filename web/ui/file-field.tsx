import { type DragEvent, useId, useRef, useState } from 'react'

import { Button } from './button.tsx'
import { classes } from './class-names.ts'
import { FieldGroup, type FieldProps } from './field.tsx'

type Props = Pick<FieldProps, 'label' | 'help' | 'error' | 'requirement'> & {
  /** Endings offered by the file dialog: `.csv,.xlsx`. What a file is, is found out from its content. */
  accept: string
  onFile: (file: File) => void
  /** 「ファイルを選ぶ」. */
  choose: string
  /** 「ここに置くこともできます。」 */
  drop: string
  busy?: boolean
}

/** Chooses one file by dialog, or by dropping it here. */
export function FileField({ accept, onFile, choose, drop, busy, ...props }: Props) {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const take = (files: FileList | null) => {
    const file = files?.item(0)
    if (file) onFile(file)
  }
  const onDrop = (e: DragEvent) => {
    e.preventDefault()
    setOver(false)
    take(e.dataTransfer.files)
  }
  return (
    <FieldGroup {...props} id={id}>
      {/* Dropping is a second way for the mouse; the button does the same by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div
        className={classes(
          'flex flex-wrap items-center gap-4 rounded-8 border-2 border-dashed p-6',
          over ? 'border-blue-900 bg-blue-50' : 'border-solid-gray-536',
        )}
        onDragOver={(e) => {
          e.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <input
          ref={input}
          type="file"
          accept={accept}
          aria-label={props.label}
          tabIndex={-1}
          className="sr-only"
          onChange={(e) => {
            take(e.target.files)
            e.target.value = '' // the same file can be chosen again
          }}
        />
        <Button icon="upload" busy={busy ?? false} onPress={() => input.current?.click()}>
          {choose}
        </Button>
        <span className="text-note text-solid-gray-700">{drop}</span>
      </div>
    </FieldGroup>
  )
}
