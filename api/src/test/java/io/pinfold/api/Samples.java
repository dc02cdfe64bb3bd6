package io.pinfold.api;

import io.pinfold.follower.view.PinInfo;
import io.pinfold.follower.view.PinMode;
import io.pinfold.follower.view.PinOptions;
import io.pinfold.follower.view.PinType;
import io.pinfold.follower.view.Replication;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Values that tests are about. */
public final class Samples {

    /** Three peers, in the order of their ids. */
    public static final PeerId PEER_1 = peer("12D3KooWBSfdK7ypRVYqhqEFt66rWJZFH3GYXxVs7qo3Pmp2Fykk");
    public static final PeerId PEER_2 = peer("12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN");
    public static final PeerId IPFS_1 = peer("12D3KooWPjceQrSwdWXPyLLeABRXmuqt69Rg3sBYbU1Nft9HyQ6X");
    /** Contents. */
    public static final Cid CID_1 = cid("QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG");
    public static final Cid CID_2 = cid("bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi");
    public static final Cid CID_3 = cid("bafkreifjjcie6lypi6ny7amxnfftagclbuxndqonfipmb64f2km2devei4");
    /** When the tests take place. */
    public static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private Samples() {}

    public static PeerId peer(String text) {
        return PeerId.parse(text).orElseThrow();
    }

    public static Cid cid(String text) {
        return Cid.parse(text).orElseThrow();
    }

    public static Multiaddr address(String text) {
        return Multiaddr.parse(text).orElseThrow();
    }

    /** A recursive pin that everybody holds. */
    public static PinInfo pin(Cid cid, String name) {
        PinOptions options = new PinOptions(name, PinMode.RECURSIVE, Replication.EVERYWHERE, 0, List.of(),
                Optional.empty(), new TreeMap<>(), Optional.empty(), List.of());
        return new PinInfo(cid, PinType.DATA, options, List.of(), -1, Optional.empty(), NOW);
    }

    /** A pin with a value in every field. */
    public static PinInfo fullPin() {
        PinOptions options = new PinOptions("a \"name\"", PinMode.DIRECT, Replication.between(2, 3), 7, List.of(PEER_1),
                Optional.of(NOW.plusSeconds(3600)), new TreeMap<>(Map.of("k", "v", "a", "b")), Optional.of(CID_1),
                List.of(address("/ip4/192.0.2.1/tcp/4001").withPeer(IPFS_1)));
        return new PinInfo(CID_2, PinType.SHARD, options, List.of(PEER_1, PEER_2), 0, Optional.of(CID_3),
                NOW.plusMillis(250));
    }
}
