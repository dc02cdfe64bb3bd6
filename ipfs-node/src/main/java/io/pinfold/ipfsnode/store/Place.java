package io.pinfold.ipfsnode.store;

/** Where a block's data is. */
enum Place {
    /** In the database, in the table {@code DATA}. */
    ROW(0),
    /** In a file of its own. */
    FILE(1);

    private final int code;

    Place(int code) {
        this.code = code;
    }

    /** What stands for it on disk. */
    int code() {
        return code;
    }

    static Place of(int code) {
        return switch (code) {
            case 0 -> ROW;
            case 1 -> FILE;
            default -> throw new IllegalStateException("no place has the code " + code);
        };
    }
}
