package io.pinfold.follower.assembly;

/** Whether a peer could be started. */
public sealed interface PeerStart {

    /** It runs; the caller closes it. */
    record Started(Peer peer) implements PeerStart {}

    /** It cannot listen there: the port is in use, or the address is not this machine's. */
    record CannotListen(String address, String detail) implements PeerStart {}

    /** Its files cannot be used; {@code sentence} is for people. */
    record Unusable(String sentence) implements PeerStart {}
}
