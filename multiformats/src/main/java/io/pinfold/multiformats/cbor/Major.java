package io.pinfold.multiformats.cbor;

/** The numbers of RFC 8949: major types, the sizes of arguments, simple values, and DAG-CBOR's one tag. */
final class Major {

    static final int UNSIGNED = 0;
    static final int NEGATIVE = 1;
    static final int BYTES = 2;
    static final int TEXT = 3;
    static final int LIST = 4;
    static final int MAP = 5;
    static final int TAG = 6;
    static final int SIMPLE = 7;

    static final int ONE_BYTE = 24;
    static final int TWO_BYTES = 25;
    static final int FOUR_BYTES = 26;
    static final int EIGHT_BYTES = 27;
    static final int INDEFINITE = 31;

    static final int FALSE = 20;
    static final int TRUE = 21;
    static final int NULL = 22;

    static final int LINK_TAG = 42;

    private Major() {}
}
