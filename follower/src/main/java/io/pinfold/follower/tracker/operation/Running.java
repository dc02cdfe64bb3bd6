package io.pinfold.follower.tracker.operation;

import io.pinfold.follower.view.PinStatus;

/** An attempt of an operation, from the moment it has a slot until its worker is through with it. */
public final class Running {

    private final Operation operation;
    private final Interruptible work = new Interruptible();
    private volatile PinStatus.Progress progress = new PinStatus.Progress(0, 0);

    Running(Operation operation) {
        this.operation = operation;
    }

    /** The operation as it was started. */
    public Operation operation() {
        return operation;
    }

    /** What its worker does. */
    public Interruptible work() {
        return work;
    }

    /** So much is here by now. */
    public void progress(long blocks, long bytes) {
        progress = new PinStatus.Progress(blocks, bytes);
    }

    /** How much is here. */
    public PinStatus.Progress progress() {
        return progress;
    }
}
