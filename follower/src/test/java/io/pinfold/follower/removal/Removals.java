package io.pinfold.follower.removal;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** Short names for the values of these tests. */
final class Removals {

    static final Cid CLUSTER = cid("cluster");
    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private Removals() {}

    static Cid cid(String content) {
        return Cid.raw(Bytes.copyOf(content.getBytes(StandardCharsets.UTF_8)));
    }

    static Cid cid(long number) {
        return cid("item " + number);
    }

    static PendingRemoval removal(long id, long height, Instant since) {
        return new PendingRemoval(id, cid(id), RemovalReason.UNPINNED, height, Optional.of(cid("block " + height)),
                since);
    }

    static RemovalRecord requested(long id) {
        return new RemovalRecord.Requested(removal(id, 10 + id, NOON.plusSeconds(id)));
    }

    static RemovalRecord settled(long id, Settlement settlement) {
        return new RemovalRecord.Settled(id, settlement, NOON.plusSeconds(id));
    }

    static RemovalRequest request(long number) {
        return new RemovalRequest(cid(number), RemovalReason.UNPINNED, 7, Optional.of(cid("block 7")));
    }
}
