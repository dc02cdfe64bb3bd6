package io.pinfold.cli.ctl;

/** What {@code --wait} waits for. */
enum Target {
    /** The IPFS nodes hold it. */
    PINNED("pinned"),
    /** The IPFS nodes have let it go. */
    UNPINNED("unpinned");

    private final String status;

    Target(String status) {
        this.status = status;
    }

    /** The status by the API's name. */
    String status() {
        return status;
    }
}
