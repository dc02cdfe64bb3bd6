package io.pinfold.chain.core.machine;

import io.pinfold.chain.HeadChannel;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.Head;
import io.pinfold.chain.core.Limits;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.core.SignedHead;
import io.pinfold.chain.core.StateMark;
import io.pinfold.chain.core.codec.HeadCodec;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.key.PrivateKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Announces heads: after own blocks at once, but at most every {@link #GAP}, with the blocks since the last time inside;
 * and the best head that is known again about every minute.
 */
final class Announcer {

    /** The shortest time between two announcements. */
    static final Duration GAP = Duration.ofMillis(5);
    /** How much the time between repetitions varies, as a share, so that keys do not announce in step. */
    static final double SPREAD = 0.2;

    private final Cid chainId;
    private final PrivateKey key;
    private final HeadChannel channel;
    private final long repeatMillis;
    private final RandomGenerator random;
    private ChainPoint announced;
    private long lastMillis = Long.MIN_VALUE / 2;
    private long repeatAt;
    private boolean pending;

    Announcer(Cid chainId, PrivateKey key, HeadChannel channel, Duration repeat, RandomGenerator random) {
        this.chainId = chainId;
        this.key = key;
        this.channel = channel;
        this.repeatMillis = repeat.toMillis();
        this.random = random;
        this.announced = new ChainPoint(0, chainId);
    }

    /** An own block is durable. */
    void ownBlock() {
        pending = true;
    }

    /** Has the head be announced soon, because somebody new is there to hear it. */
    void repeatSoon(long nowMillis) {
        repeatAt = Math.min(repeatAt, Math.max(nowMillis, lastMillis + 1000));
    }

    /** When the next announcement is due. */
    long dueMillis() {
        return pending ? Math.min(repeatAt, lastMillis + GAP.toMillis()) : repeatAt;
    }

    /**
     * Announces {@code head} if that is due.
     *
     * @param find looks up blocks of its branch
     * @return what was announced
     */
    Optional<SignedHead> announce(StateMark head, Function<Cid, Optional<SignedBlock>> find, long nowMillis) {
        if (nowMillis < dueMillis()) {
            return Optional.empty();
        }
        // A head must be newer than the one before, also when the clock was set back.
        long time = Math.max(nowMillis, head.point().equals(announced) ? lastMillis + 1 : 0);
        SignedHead signed = HeadCodec.sign(new Head(chainId, head.trustVersion(), head.height(), head.point().cid(),
                time, Optional.empty(), inline(head.point(), find), key.peerId()), key);
        channel.announce(signed);
        announced = head.point();
        lastMillis = nowMillis;
        pending = false;
        repeatAt = nowMillis + (long) (repeatMillis * (1 - SPREAD + 2 * SPREAD * random.nextDouble()));
        return Optional.of(signed);
    }

    /** The newest blocks since the last announcement that fit into a head, ascending. */
    private List<Bytes> inline(ChainPoint head, Function<Cid, Optional<SignedBlock>> find) {
        List<Bytes> blocks = new ArrayList<>();
        int left = Limits.INLINE_BYTES;
        ChainPoint at = head;
        while (at.height() > 0 && !at.equals(announced) && blocks.size() < Limits.INLINE_BLOCKS
                && head.height() - at.height() < Limits.INLINE_BLOCKS) {
            Optional<SignedBlock> block = find.apply(at.cid());
            left -= block.map(each -> each.bytes().size()).orElse(Limits.INLINE_BYTES + 1);
            if (left < 0) {
                break;
            }
            blocks.add(block.orElseThrow().bytes());
            at = new ChainPoint(at.height() - 1, block.get().block().prev());
        }
        return blocks.reversed();
    }
}
