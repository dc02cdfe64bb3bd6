package io.pinfold.chain.testing;

import io.pinfold.chain.core.LogOp;
import io.pinfold.chain.core.LogOp.PinOp;
import io.pinfold.chain.core.LogOp.UnpinOp;
import io.pinfold.chain.core.Pin;
import io.pinfold.chain.core.PinType;
import io.pinfold.chain.core.Replication;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.testing.TestCids;
import io.pinfold.multiformats.testing.TestKeys;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Pins and operations made of a number. */
public final class TestOps {

    private TestOps() {}

    /** The operation that pins CID {@code number} under the name {@code "pin <number>"}. */
    public static LogOp pin(int number) {
        return pin(number, "pin " + number);
    }

    /** The operation that pins CID {@code number} under {@code name}. */
    public static LogOp pin(int number, String name) {
        return new PinOp(Pin.of(TestCids.cid(number)).withName(name));
    }

    /** The operation that unpins CID {@code number}. */
    public static LogOp unpin(int number) {
        return new UnpinOp(TestCids.cid(number));
    }

    /** A pin of CID {@code number} with every field set. */
    public static Pin full(int number) {
        return new Pin(TestCids.cid(number), PinType.META, "ünïcode " + number, 3, Replication.of(2, 5),
                List.of(TestKeys.peerId(7)), List.of(TestKeys.peerId(8), TestKeys.peerId(9)),
                Optional.of(TestCids.cid(number + 1)), Optional.of(Instant.ofEpochMilli(1_800_000_000_000L)),
                new TreeMap<>(Map.of("a", "1", "key", "value")),
                List.of(Multiaddr.parse("/ip4/192.0.2.1/tcp/4001/p2p/" + TestKeys.peerId(7)).orElseThrow()),
                Optional.of(TestCids.cid(number + 2)), OptionalLong.of(123_456_789L));
    }
}
