package io.pinfold.follower.offline;

import io.pinfold.multiformats.Cid;
import java.util.Optional;

/**
 * Something in the chain or the state that is not as it must be.
 *
 * @param height of the block it is at, or above which it is
 * @param cid the block or pin that it is about, if it is one
 * @param detail a clause for people, beginning with the thing
 */
public record Flaw(long height, Optional<Cid> cid, String detail) {

    static Flaw ofBlock(long height, Cid block, String detail) {
        return new Flaw(height, Optional.of(block), "block " + block + " at height " + height + ' ' + detail);
    }
}
