package io.pinfold.ipfs.kubo;

import io.pinfold.ipfs.BackendAddress;
import io.pinfold.ipfs.IpfsConfig;
import io.pinfold.ipfs.PinDepth;
import io.pinfold.ipfs.PinRequest;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Short ways to what the tests of this package use all the time. */
final class Fixture {

    static final String MARK = "pinfold/cluster/";
    static final IpfsConfig QUICK = IpfsConfig.DEFAULT.withCallTimeout(Duration.ofMillis(400))
            .withListSilence(Duration.ofMillis(400));

    private Fixture() {}

    static Cid cid(String content) {
        return Cid.raw(bytes(content));
    }

    static Bytes bytes(String content) {
        return Bytes.copyOf(content.getBytes(UTF_8));
    }

    static PinRequest request(Cid cid) {
        return new PinRequest(cid, new PinDepth.Recursive(), MARK + "name", Optional.empty(), List.of(),
                Duration.ofSeconds(20));
    }

    static PinRequest request(Cid cid, Duration stallTimeout) {
        return new PinRequest(cid, new PinDepth.Recursive(), MARK + "name", Optional.empty(), List.of(), stallTimeout);
    }

    static KuboIpfsNode node(BackendAddress.Kubo address, IpfsConfig config) {
        return new KuboIpfsNode(address, config, InstantSource.system(), new SplittableRandom());
    }
}
