// The one libp2p node of this process.
import { createHash } from 'node:crypto'
import { noise } from '@chainsafe/libp2p-noise'
import { yamux } from '@chainsafe/libp2p-yamux'
import { generateKeyPairFromSeed } from '@libp2p/crypto/keys'
import { gossipsub } from '@libp2p/gossipsub'
import { identify, identifyPush } from '@libp2p/identify'
import { ping } from '@libp2p/ping'
import { tcp } from '@libp2p/tcp'
import { createLibp2p } from 'libp2p'

let started

export function node () {
  if (started == null) throw new Error('not started')
  return started
}

const topicAndData = (m) => createHash('sha256').update(m.topic, 'utf8').update(m.data).digest()

export async function startNode ({ listen = ['/ip4/127.0.0.1/tcp/0'], seed, messageId }) {
  if (started != null) throw new Error('started already')
  started = await createLibp2p({
    ...(seed == null ? {} : { privateKey: await generateKeyPairFromSeed('Ed25519', Buffer.from(seed, 'base64')) }),
    addresses: { listen },
    transports: [tcp()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    connectionManager: { inboundConnectionThreshold: Infinity }, // everything here comes from one address
    connectionMonitor: { pingTimeout: { minTimeout: 60_000 } }, // a ping waits behind 100 MiB of ours; a busy machine is no dead peer
    connectionGater: { denyDialMultiaddr: async () => false },
    services: {
      identify: identify(),
      identifyPush: identifyPush(),
      ping: ping(),
      pubsub: gossipsub({
        globalSignaturePolicy: 'StrictSign',
        allowPublishToZeroTopicPeers: true,
        ...(messageId === 'topic-data' ? { msgIdFn: topicAndData } : {})
      })
    }
  })
  return started
}
