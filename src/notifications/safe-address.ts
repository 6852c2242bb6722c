import { BlockList, isIP } from 'node:net'

/**
 * Addresses that are not the public internet: a webhook must not become a way into the ministry's own network.
 * Source: IANA special-purpose address registries for IPv4 and IPv6 (RFC 6890 and what followed it).
 */
const closed: readonly string[] = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]
/** Of IPv6 only 2000::/3 is given out; within it these lead elsewhere or carry an IPv4 address inside. */
const closedSix: readonly string[] = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20']

const loopback = listOf(['127.0.0.0/8', '::1/128'])
const closedList = listOf([...closed, ...closedSix])
const givenOut = listOf(['2000::/3'])

/** What may be reached besides the public internet. */
export type Reach = {
  /** CIDR blocks. */
  readonly networks: readonly string[]
  readonly loopback: boolean
}

/** @param address as the resolver gives it */
export function mayReach(address: string, reach: Reach): boolean {
  const plain = withoutMapping(address)
  const family = familyOf(plain)
  if (family === undefined) return false
  if (reach.networks.length > 0 && listOf(reach.networks).check(plain, family)) return true
  if (loopback.check(plain, family)) return reach.loopback
  if (closedList.check(plain, family)) return false
  return family === 'ipv4' || givenOut.check(plain, family)
}

function familyOf(address: string): 'ipv4' | 'ipv6' | undefined {
  const family = isIP(address)
  return family === 4 ? 'ipv4' : family === 6 ? 'ipv6' : undefined
}

/** `::ffff:10.0.0.1`, in either way of writing it, is 10.0.0.1 (RFC 4291 §2.5.5.2). */
function withoutMapping(address: string): string {
  const dotted = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (dotted) return dotted[1]!
  const hex = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(address)
  if (!hex) return address
  const [high, low] = [Number.parseInt(hex[1]!, 16), Number.parseInt(hex[2]!, 16)]
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}

function listOf(blocks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const block of blocks) {
    const [address = '', bits = ''] = block.split('/')
    list.addSubnet(address, Number(bits), isIP(address) === 6 ? 'ipv6' : 'ipv4')
  }
  return list
}
