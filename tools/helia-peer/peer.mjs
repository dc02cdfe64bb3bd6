// A Helia node driven by JSON lines (json-lines.mjs). Its blocks are in memory. Bytes are base64, CIDs text.
import { createHash } from 'node:crypto'
import { withBitswap } from '@helia/bitswap'
import { fallbackRouter } from '@helia/fallback-router'
import { withLibp2pLight } from '@helia/libp2p'
import { trustlessGatewayBlockBroker } from '@helia/trustless-gateway-client'
import { unixfs } from '@helia/unixfs'
import { identify } from '@libp2p/identify'
import { noise } from '@libp2p/noise'
import { tcp } from '@libp2p/tcp'
import { yamux } from '@libp2p/yamux'
import { multiaddr } from '@multiformats/multiaddr'
import { createHeliaLight } from 'helia'
import { fixedSize } from 'ipfs-unixfs-importer/chunker'
import { balanced } from 'ipfs-unixfs-importer/layout'
import { CID } from 'multiformats/cid'
import { serveLines, timeout } from '../json-lines.mjs'
import { ipnsOps } from './ipns.mjs'

let helia

// Over TCP only, and nothing but Bitswap on it.
const swarm = () => ({
  addresses: { listen: ['/ip4/127.0.0.1/tcp/0'] },
  transports: [tcp()],
  connectionEncrypters: [noise()],
  streamMuxers: [yamux()],
  connectionGater: { denyDialMultiaddr: async () => false },
  services: { identify: identify() }
})

async function collect (pieces) {
  const hash = createHash('sha256')
  let size = 0
  for await (const piece of pieces) {
    hash.update(piece)
    size += piece.length
  }
  return { size, sha256: hash.digest('hex') }
}

const ops = {
  // gateways: addresses of trustless gateways, which are all that is asked then; otherwise it is a libp2p peer with Bitswap
  start: async ({ gateways }) => {
    if (gateways == null) {
      helia = await withBitswap(withLibp2pLight(createHeliaLight(), swarm())).start()
      return { peer: helia.libp2p.peerId.toString(), addresses: helia.libp2p.getMultiaddrs().map(String) }
    }
    const router = fallbackRouter({ gateways })
    helia = await createHeliaLight({
      // a router of last resort alone is never asked, as Helia 7.1 waits for the others, of which there are none
      routers: [{ name: 'gateways', findProviders: (...args) => router.findProviders(...args) }],
      blockBrokers: [trustlessGatewayBlockBroker({ allowInsecure: true, allowLocal: true })]
    }).start()
    return { peer: '', addresses: [] }
  },
  dial: async (c) => ({ peer: (await helia.libp2p.dial(multiaddr(c.address), timeout(c))).remotePeer.toString() }),
  // what a block has, fetched if need be
  block: async (c) => collect(helia.blockstore.get(CID.parse(c.cid), timeout(c))),
  cat: async (c) => collect(unixfs(helia).cat(CID.parse(c.cid), { path: c.path, ...timeout(c) })),
  ls: async (c) => {
    const entries = []
    for await (const entry of unixfs(helia).ls(CID.parse(c.cid), timeout(c))) {
      entries.push({ name: entry.name, cid: entry.cid.toString() })
    }
    return { entries }
  },
  // files: [{path, content}], folders without content; options as of ipfs-unixfs-importer, with chunkSize and maxChildrenPerNode for
  // its chunker and layout. Gives what was made, each folder after what is in it.
  add: async ({ files, options: { chunkSize, maxChildrenPerNode, ...options } }) => {
    const source = files.map(({ path, content }) =>
      ({ path, content: content == null ? undefined : Buffer.from(content, 'base64') }))
    const made = []
    for await (const entry of unixfs(helia).addAll(source, {
      ...options,
      ...(chunkSize == null ? {} : { chunker: fixedSize({ chunkSize }) }),
      ...(maxChildrenPerNode == null ? {} : { layout: balanced({ maxChildrenPerNode }) })
    })) {
      made.push({ path: entry.path ?? '', cid: entry.cid.toString() })
    }
    return { made }
  },
  pin: async (c) => {
    for await (const _ of helia.pins.add(CID.parse(c.cid), timeout(c))) { /* until all of it is here */ }
    return {}
  },
  ...ipnsOps(() => helia)
}

serveLines(ops)
