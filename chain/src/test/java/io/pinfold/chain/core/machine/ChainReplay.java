package io.pinfold.chain.core.machine;

import io.pinfold.chain.core.Block;
import io.pinfold.chain.core.LogOp;
import io.pinfold.chain.core.Pin;
import io.pinfold.chain.core.PinEntry;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.core.codec.BlockCodec;
import io.pinfold.chain.testing.TestChains;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The plain model of the chain: what a head means, worked out from nothing but the blocks below it, with every rule of a
 * single block checked on the way.
 *
 * <p>A head's meaning is remembered by its CID, so asking different peers' stores for the same head must give the same.
 */
final class ChainReplay {

    private final TestChains chains;
    private final Map<Cid, State> states = new HashMap<>();
    private final Set<Cid> signed = new HashSet<>();

    /** A number that an author has used. */
    record Used(PeerId author, long seq) {}

    /** What a head means: the pinset, the numbers used, and the names of all pins ever applied, in order. */
    record State(long height, long timeMillis, SortedMap<Cid, PinEntry> pins, Set<Used> numbers,
            List<String> applied) {}

    ChainReplay(TestChains chains) {
        this.chains = chains;
        states.put(chains.chainId(), new State(0, 0, new TreeMap<>(), Set.of(), List.of()));
    }

    /** What {@code head} means, whose blocks are in {@code peer}'s store. */
    State at(Cid head, SimPeer peer) {
        List<SignedBlock> above = new ArrayList<>();
        Cid at = head;
        @Nullable
        State known = states.get(at);
        while (known == null) {
            above.add(block(at, peer));
            at = above.getLast().block().prev();
            known = states.get(at);
        }
        State state = known;
        for (SignedBlock block : above.reversed()) {
            state = after(state, block, peer);
            states.put(block.cid(), state);
        }
        return state;
    }

    private State after(State below, SignedBlock signedBlock, SimPeer peer) {
        Block block = signedBlock.block();
        assertThat(block.height()).isEqualTo(below.height + 1);
        assertThat(block.timeMillis()).isGreaterThanOrEqualTo(below.timeMillis);
        State next = new State(block.height(), block.timeMillis(), new TreeMap<>(below.pins),
                new HashSet<>(below.numbers), new ArrayList<>(below.applied));
        for (Cid merge : block.merges()) {
            apply(next, block(merge, peer));
        }
        apply(next, signedBlock);
        return next;
    }

    private void apply(State state, SignedBlock block) {
        requireTrusted(block);
        assertThat(state.numbers.add(new Used(block.block().author(), block.block().seq())))
                .as("each number counts once: %s", block)
                .isTrue();
        for (LogOp op : block.block().ops()) {
            if (op instanceof LogOp.PinOp(Pin pin)) {
                state.pins.put(pin.cid(), new PinEntry(pin, state.height, block.block().timeMillis()));
                state.applied.add(pin.name());
            } else if (op instanceof LogOp.UnpinOp(Cid cid)) {
                state.pins.remove(cid);
            }
        }
    }

    private void requireTrusted(SignedBlock block) {
        PeerId author = block.block().author();
        if (signed.add(block.cid())) {
            assertThat(chains.genesis().keys().publishers()).contains(author);
            assertThat(block.block().chainId()).isEqualTo(chains.chainId());
            assertThat(author.publicKey().orElseThrow().verifies(BlockCodec.message(block), block.signature()))
                    .isTrue();
        }
    }

    private static SignedBlock block(Cid cid, SimPeer peer) {
        return Objects.requireNonNull(peer.blocks.get(cid).orElse(null),
                () -> "block " + cid + " of the chain is lost");
    }
}
