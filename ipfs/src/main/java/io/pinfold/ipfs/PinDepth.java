package io.pinfold.ipfs;

/** How much below a root is kept: all, the root only, or so many levels. */
public sealed interface PinDepth {

    /** The whole graph. */
    record Recursive() implements PinDepth {}

    /** The root block alone. */
    record Direct() implements PinDepth {}

    /** The root and {@code levels} (at least 1) levels below it. */
    record Limited(int levels) implements PinDepth {

        public Limited {
            if (levels < 1) {
                throw new IllegalArgumentException("levels must be at least 1, not " + levels);
            }
        }
    }

    /** The depths that backends list separately. */
    enum Kind {
        /** Whole graphs. */
        RECURSIVE,
        /** Single blocks. */
        DIRECT
    }
}
