package io.pinfold.ipfsnode.bitswap.wire;

import io.pinfold.multiformats.Block;
import java.util.List;

/**
 * A Bitswap message.
 *
 * @param wants changes of the sender's want-list, or all of it
 * @param full whether {@code wants} is the whole want-list, which replaces what was said before
 * @param blocks blocks, each with the CID that was asked for or, in what was received, that its prefix and data make
 * @param presences what the sender has and has not
 * @param pendingBytes how much the sender has yet to send to the receiver, as far as it says
 */
public record Message(List<Want> wants, boolean full, List<Block> blocks, List<Presence> presences, int pendingBytes) {

    /** The greatest size of a message, in bytes, by the specification. */
    public static final int MAX_SIZE = 4 << 20;
    /** The greatest number of want-list entries in a message; a peer that sends more wants us to work without end. */
    public static final int MAX_WANTS = 16_384;
    /** The greatest number of blocks in a message; Kubo makes messages of about 16 KiB. */
    public static final int MAX_BLOCKS = 16_384;
    /** The greatest number of HAVE and DONT_HAVE in a message. */
    public static final int MAX_PRESENCES = 16_384;

    public Message {
        wants = List.copyOf(wants);
        blocks = List.copyOf(blocks);
        presences = List.copyOf(presences);
    }

    /** A message with nothing but want-list entries. */
    public static Message ofWants(List<Want> wants, boolean full) {
        return new Message(wants, full, List.of(), List.of(), 0);
    }

    /** A message with nothing but answers. */
    public static Message ofAnswers(List<Block> blocks, List<Presence> presences, int pendingBytes) {
        return new Message(List.of(), false, blocks, presences, pendingBytes);
    }
}
