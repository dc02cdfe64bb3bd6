package io.pinfold.ipfsnode.node;

import io.pinfold.ipfsnode.BlockReader;
import io.pinfold.ipfsnode.ipns.PeerRecords;
import io.pinfold.libp2p.Host;
import io.pinfold.libp2p.pubsub.PubSub;
import io.pinfold.multiformats.key.PrivateKey;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What an embedded node needs of the program around it, which closes it before the host.
 *
 * @param folder where blocks, pins, keys and records are kept
 * @param key of the host; names are published under it when no other is named
 * @param host on which it serves and fetches
 * @param pubSub of the host, if names travel over it
 * @param records how peers are asked for records of names, and given ours, beside PubSub
 * @param others blocks that are not in the node's store and that peers may have too
 * @param version what the program calls itself, such as {@code pinfold/0.1.0}
 */
public record NodeSurroundings(Path folder, PrivateKey key, Host host, Optional<PubSub> pubSub, PeerRecords records,
        BlockReader others, String version, InstantSource clock, SecureRandom random) {}
