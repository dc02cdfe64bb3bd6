package io.pinfold.chain.core.machine;

import io.pinfold.chain.BlocksAnswer;
import io.pinfold.chain.core.SignedHead;
import io.pinfold.multiformats.PeerId;
import java.util.List;

/** Something that happens to a chain. */
public sealed interface ChainEvent {

    /** An announcement that passed the gate came from {@code neighbour}. */
    record HeadArrived(SignedHead head, PeerId neighbour) implements ChainEvent {}

    /** {@code peer} was asked for heads and answered; those that passed the gate, possibly none, are {@code heads}. */
    record HeadsAnswered(PeerId peer, List<SignedHead> heads) implements ChainEvent {

        /** Copies the list. */
        public HeadsAnswered {
            heads = List.copyOf(heads);
        }
    }

    /** The request {@code number} for blocks was answered. */
    record BlocksAnswered(long number, BlocksAnswer answer) implements ChainEvent {}

    /** {@code peer} can be asked from now on. */
    record PeerConnected(PeerId peer) implements ChainEvent {}

    /** {@code peer} cannot be asked any more. */
    record PeerDisconnected(PeerId peer) implements ChainEvent {}

    /** Operations of clients are durable and wait for a block. */
    record IntakeReady() implements ChainEvent {}

    /** The operator says that there is no other peer to hear of. */
    record GoAlone() implements ChainEvent {}
}
