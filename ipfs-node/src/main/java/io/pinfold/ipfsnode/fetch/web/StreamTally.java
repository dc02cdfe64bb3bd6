package io.pinfold.ipfsnode.fetch.web;

/**
 * What came by a stream.
 *
 * @param wished blocks that were wished for, before or after they came
 * @param unwished others
 * @param ranAway whether it brought so much that nobody wished for that it was given up
 */
record StreamTally(long wished, long unwished, boolean ranAway) {

    /** Nothing came yet. */
    static final StreamTally NONE = new StreamTally(0, 0, false);

    StreamTally plusWished() {
        return new StreamTally(wished + 1, unwished, ranAway);
    }

    StreamTally plusUnwished(boolean tooMuch) {
        return new StreamTally(wished, unwished + 1, tooMuch);
    }

    /** One that had come before is wished for. */
    StreamTally caughtUp() {
        return new StreamTally(wished + 1, unwished - 1, ranAway);
    }
}
