import type { ReactNode } from 'react'

type Props = {
  /** One sentence why it is empty. */
  why: string
  /** One sentence what to do. */
  todo?: string
  /** One button. */
  action?: ReactNode
}

export function Empty({ why, todo, action }: Props) {
  return (
    <div className="my-4 rounded-8 border border-solid-gray-200 px-5 py-8">
      <p className="font-700 text-solid-gray-900">{why}</p>
      {todo !== undefined && <p className="mt-1">{todo}</p>}
      {action !== undefined && <div className="mt-4">{action}</div>}
    </div>
  )
}
