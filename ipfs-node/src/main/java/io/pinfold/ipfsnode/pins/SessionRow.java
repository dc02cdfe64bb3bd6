package io.pinfold.ipfsnode.pins;

import java.util.Optional;

/**
 * What is known of a session.
 *
 * @param pin what a pin wants; empty for an import, whose root is known at its end only
 * @param stage how far it is
 * @param progress what it has taken
 * @param owned nodes that it has unfolded and that are still kept
 */
record SessionRow(long id, Optional<Pin> pin, Stage stage, Progress progress, long owned) {

    /** Whether it goes on. */
    enum Stage {
        /** It goes on, or will when somebody comes back to it. */
        OPEN,
        /** It has ended without success; remembered while nodes are kept that it has unfolded, since what is below them may be missing. */
        ABORTED
    }

    boolean isOpen() {
        return stage == Stage.OPEN;
    }

    boolean isImport() {
        return pin.isEmpty();
    }

    /** Whether it counts nodes with all below them rather than one by one. */
    boolean isWhole() {
        return pin.isEmpty() || pin.get().isRecursive();
    }

    SessionRow took(long blocks, long bytes) {
        return new SessionRow(id, pin, stage, progress.plus(blocks, bytes), owned);
    }

    SessionRow owning(long more) {
        return new SessionRow(id, pin, stage, progress, owned + more);
    }

    SessionRow aborted() {
        return new SessionRow(id, pin, Stage.ABORTED, progress, owned);
    }

    SessionRow named(Pin renamed) {
        return new SessionRow(id, Optional.of(renamed), stage, progress, owned);
    }
}
