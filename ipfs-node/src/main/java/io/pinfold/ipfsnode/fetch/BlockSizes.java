package io.pinfold.ipfsnode.fetch;

/** Guesses the size of the next block from those that came: about the largest of late, falling slowly. */
final class BlockSizes {

    private static final int FIRST_GUESS = 32 << 10;
    private static final int FADE = 64;

    private int guess = FIRST_GUESS;

    void came(int size) {
        guess = size >= guess ? size : guess - (guess - size + FADE - 1) / FADE;
    }

    int guess() {
        return guess;
    }
}
