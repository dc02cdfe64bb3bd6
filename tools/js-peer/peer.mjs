// A js-libp2p peer driven by JSON lines (json-lines.mjs); events (messages, connections) are lines with `event`. Bytes are base64.
//
//   {"id":1,"op":"start","listen":["/ip4/127.0.0.1/tcp/0"]}  ->  {"id":1,"peer":"12D3…","addresses":["/ip4/…/p2p/12D3…"]}
//   {"id":2,"op":"dial","address":"…"}                       ->  {"id":2,"peer":"…"}   or  {"id":2,"error":"…"}
import { print, serveLines, timeout } from '../json-lines.mjs'
import { node, startNode } from './node.mjs'
import { echo, serve, sink, source } from './streams.mjs'
import { pubsubOps } from './pubsub.mjs'
import { multiaddr } from '@multiformats/multiaddr'
import { peerIdFromString } from '@libp2p/peer-id'

const ops = {
  // listen: addresses; seed: 32 bytes of an Ed25519 key; messageId: 'topic-data' for sha2-256 over topic and data
  start: async (c) => {
    const n = await startNode(c)
    await serve(n)
    n.addEventListener('connection:open', (e) =>
      print({ event: 'connected', peer: e.detail.remotePeer.toString(), direction: e.detail.direction }))
    n.addEventListener('connection:close', (e) => print({ event: 'disconnected', peer: e.detail.remotePeer.toString() }))
    return { peer: n.peerId.toString(), addresses: n.getMultiaddrs().map(String) }
  },
  dial: async (c) => ({ peer: (await node().dial(multiaddr(c.address), timeout(c))).remotePeer.toString() }),
  hangup: async (c) => { await node().hangUp(peerIdFromString(c.peer), timeout(c)); return {} },
  ping: async (c) => ({ millis: await node().services.ping.ping(peerIdFromString(c.peer), timeout(c)) }),
  // what identify told about a peer
  identified: async (c) => {
    const p = await node().peerStore.get(peerIdFromString(c.peer))
    const text = (key) => new TextDecoder().decode(p.metadata.get(key) ?? new Uint8Array())
    return {
      protocols: p.protocols,
      addresses: p.addresses.map((a) => a.multiaddr.toString()),
      agent: text('AgentVersion'),
      protocolVersion: text('ProtocolVersion'),
      signedRecord: p.peerRecordEnvelope != null
    }
  },
  connections: async () => ({ peers: node().getConnections().map((c) => c.remotePeer.toString()) }),
  // bytes through each of so many streams at once; the answer comes when all of them were right
  echo: (c) => echo(node(), peerIdFromString(c.peer), c.bytes, c.streams ?? 1, timeout(c)),
  source: (c) => source(node(), peerIdFromString(c.peer), c.bytes, c.streams ?? 1, timeout(c)),
  sink: (c) => sink(node(), peerIdFromString(c.peer), c.bytes, c.streams ?? 1, timeout(c)),
  ...pubsubOps(print)
}

serveLines(ops)
