package io.pinfold.ipfsnode.bitswap.wire;

import io.pinfold.multiformats.Cid;

/**
 * An entry of a want-list: that a block is wanted, or not any more.
 *
 * @param priority higher ones are answered first
 * @param kind what is asked for
 * @param sendDontHave whether the lack of the block is to be told
 */
public record Want(Cid cid, int priority, Kind kind, boolean sendDontHave) {

    /** What an entry asks for. */
    public enum Kind {
        /** The block. */
        BLOCK,
        /** Whether the block is there; a small one may come itself. */
        HAVE,
        /** Nothing any more. */
        CANCEL
    }

    /** The block is wanted, and its lack to be told. */
    public static Want block(Cid cid, int priority) {
        return new Want(cid, priority, Kind.BLOCK, true);
    }

    /** It is asked whether the block is there. */
    public static Want have(Cid cid, int priority) {
        return new Want(cid, priority, Kind.HAVE, true);
    }

    /** The block is wanted no more. */
    public static Want cancel(Cid cid) {
        return new Want(cid, 0, Kind.CANCEL, false);
    }
}
