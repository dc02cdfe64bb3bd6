package io.pinfold.follower.view;

/**
 * A running peer, as a group of six small ports and its version.
 *
 * <p>Contract of all six: any thread may call, calls run in parallel and may block (callers use virtual threads);
 * interrupting the caller ends a call early. Expected failures come back as {@link Answer.Failed}, also while the peer
 * starts or stops ({@link Failure.NotReady}); an unchecked exception is a bug or a dead resource. Lists are handed to a
 * consumer one item at a time on the calling thread, in constant memory; what the consumer throws ends the list and
 * passes through to the caller.
 */
public interface ClusterPeer {

    /** Version of this program, such as {@code 0.1.0}. */
    String version();

    /** Who we are and whom we see. */
    PeerDirectory directory();

    /** The pinset, and changes to it. */
    PinOperations pins();

    /** Putting files in. */
    AddOperations adding();

    /** What the pins are up to at the backends. */
    PinStatuses statuses();

    /** How the peer itself is doing. */
    PeerMonitor monitor();

    /** What others need to join. */
    TemplateOperations templates();
}
