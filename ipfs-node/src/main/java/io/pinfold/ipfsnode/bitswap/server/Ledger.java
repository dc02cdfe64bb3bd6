package io.pinfold.ipfsnode.bitswap.server;

/** What was exchanged with a peer: blocks and bytes that it got from us and gave to us. */
public record Ledger(long blocksSent, long bytesSent, long blocksReceived, long bytesReceived) {

    /** Nothing exchanged. */
    public static final Ledger EMPTY = new Ledger(0, 0, 0, 0);

    Ledger sent(long blocks, long bytes) {
        return new Ledger(blocksSent + blocks, bytesSent + bytes, blocksReceived, bytesReceived);
    }

    Ledger received(long blocks, long bytes) {
        return new Ledger(blocksSent, bytesSent, blocksReceived + blocks, bytesReceived + bytes);
    }
}
