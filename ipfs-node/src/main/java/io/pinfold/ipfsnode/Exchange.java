package io.pinfold.ipfsnode;

import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Gets blocks that are not here from other peers and services. */
public interface Exchange extends AutoCloseable {

    /**
     * A session for blocks that belong together, so that who had one is asked first for the next.
     *
     * @param root what the blocks belong to, for finding providers
     * @param origins peers that are likely to have them
     */
    Session open(Cid root, List<Multiaddr> origins);

    /** Ends every session and returns when they have ended. */
    @Override
    void close();

    /**
     * Wishes for blocks and what came of them; one thread drives it.
     *
     * <p>Its owner bounds how many wishes are open. Each block comes once, genuine and at most {@link Block#MAX_SIZE} bytes, in no promised order.
     */
    interface Session extends AutoCloseable {

        /** The most open wishes of one session. */
        int MAX_WANTED = 1_024;

        /** Wishes for blocks; one that is wished for already is not wished for again. */
        void want(Collection<Cid> cids);

        /** Takes back wishes, which may have come true meanwhile all the same; what was not wished for is passed over. */
        void unwant(Collection<Cid> cids);

        /**
         * The next block that came, waiting at most {@code timeout} for it; empty when none came, when the thread is
         * interrupted, which it stays, or when the exchange is closed.
         */
        Optional<Block> next(Duration timeout);

        /**
         * Whether waiting is of no use as far as is known: something is wished for, nobody is asked or looked for just now, and
         * whoever could be asked has nothing of it.
         */
        boolean isAtALoss();

        /** Takes back every open wish. */
        @Override
        void close();
    }
}
