package io.pinfold.libp2p.pubsub.gossip;

import io.pinfold.multiformats.Bytes;
import java.util.Optional;

/**
 * A message as it travels, nothing about it checked yet.
 *
 * @param from the author's peer id
 * @param data the payload
 * @param sequence the author's sequence number
 * @param topic the topic's name
 * @param signature over all else but the key
 * @param key the author's public key, where {@code from} does not hold it
 */
record WireMessage(
        Optional<Bytes> from,
        Optional<Bytes> data,
        Optional<Bytes> sequence,
        String topic,
        Optional<Bytes> signature,
        Optional<Bytes> key) {}
