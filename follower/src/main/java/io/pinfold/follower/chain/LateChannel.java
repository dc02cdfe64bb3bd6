package io.pinfold.follower.chain;

import io.pinfold.chain.BlocksRequest;
import io.pinfold.chain.HeadChannel;
import io.pinfold.chain.RangeSource;
import io.pinfold.chain.core.SignedHead;
import io.pinfold.multiformats.PeerId;
import java.util.Optional;

/**
 * The ways out of a chain that are opened after it: the topic and the calls need the chain's gate and rules.
 *
 * <p>Before {@link #open} nobody is connected: there is nobody to tell or to ask.
 */
public final class LateChannel implements HeadChannel, RangeSource {

    private volatile Optional<Ways> ways = Optional.empty();

    private record Ways(HeadChannel heads, RangeSource source) {}

    /** Opens the ways. */
    public void open(HeadChannel heads, RangeSource source) {
        ways = Optional.of(new Ways(heads, source));
    }

    @Override
    public void announce(SignedHead head) {
        ways.ifPresent(open -> open.heads().announce(head));
    }

    @Override
    public void requestBlocks(long number, PeerId peer, BlocksRequest request) {
        ways.ifPresent(open -> open.source().requestBlocks(number, peer, request));
    }

    @Override
    public void requestHeads(PeerId peer) {
        ways.ifPresent(open -> open.source().requestHeads(peer));
    }

    @Override
    public void penalise(PeerId peer, String reason) {
        ways.ifPresent(open -> open.source().penalise(peer, reason));
    }
}
