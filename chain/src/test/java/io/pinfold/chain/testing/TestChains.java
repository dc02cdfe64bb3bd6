package io.pinfold.chain.testing;

import io.pinfold.chain.core.Block;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.Genesis;
import io.pinfold.chain.core.Head;
import io.pinfold.chain.core.LogOp;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.core.SignedHead;
import io.pinfold.chain.core.codec.BlockCodec;
import io.pinfold.chain.core.codec.GenesisCodec;
import io.pinfold.chain.core.codec.HeadCodec;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.testing.TestKeys;
import io.pinfold.trust.KeySet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cluster whose publishers are test keys, and a workshop for its blocks.
 *
 * <p>Each author's sequence numbers count up from 1 over all blocks made here. Blocks are one second apart.
 */
public final class TestChains {

    /** The time of block 1: 2026-01-01T00:00:00Z. */
    public static final long START = 1_767_225_600_000L;

    private final Genesis genesis;
    private final Cid chainId;
    private final Map<Integer, Long> sequences = new HashMap<>();

    /** A cluster called "test" of the publishers {@link TestKeys} {@code keys}, each of whom is an admin too. */
    public TestChains(int... keys) {
        genesis = Genesis.of("test", Bytes.fromHex("000102030405060708090a0b0c0d0e0f"),
                KeySet.of(Arrays.stream(keys).mapToObj(TestKeys::peerId).toList()));
        chainId = GenesisCodec.chainId(genesis);
    }

    /** The manifest. */
    public Genesis genesis() {
        return genesis;
    }

    /** The cluster's id. */
    public Cid chainId() {
        return chainId;
    }

    /** The block after {@code parent}, or block 1 if that is null, by key {@code author}. */
    public SignedBlock after(@Nullable SignedBlock parent, int author, LogOp... ops) {
        return after(parent, author, List.of(), ops);
    }

    /** The block after {@code parent} that merges {@code merges} and has {@code ops}, by key {@code author}. */
    public SignedBlock after(@Nullable SignedBlock parent, int author, List<SignedBlock> merges, LogOp... ops) {
        long seq = sequences.merge(author, 1L, Long::sum);
        return sign(draft(parent, author, seq, merges.stream().map(SignedBlock::cid).toList(), List.of(ops)), author);
    }

    /** {@code count} blocks in a row after {@code parent} by {@code author}, block n pinning CID {@code first + n}. */
    public List<SignedBlock> line(@Nullable SignedBlock parent, int author, int count, int first) {
        List<SignedBlock> line = new ArrayList<>();
        SignedBlock last = parent;
        for (int i = 0; i < count; i++) {
            last = after(last, author, TestOps.pin(first + i));
            line.add(last);
        }
        return line;
    }

    /** The unsigned block after {@code parent}, for tests that change it. */
    public Block draft(@Nullable SignedBlock parent, int author, long seq, List<Cid> merges, List<LogOp> ops) {
        return parent == null
                ? new Block(chainId, 1, chainId, chainId, merges, TestKeys.peerId(author), seq, START, ops)
                : new Block(chainId, parent.height() + 1, parent.cid(), parent.block().trust(), merges,
                        TestKeys.peerId(author), seq, parent.block().timeMillis() + 1000, ops);
    }

    /** {@code block} signed by key {@code author}, its author. */
    public static SignedBlock sign(Block block, int author) {
        return BlockCodec.sign(block, TestKeys.key(author));
    }

    /** The head of key {@code voter} that says {@code block} is the newest, as of {@code timeMillis}. */
    public SignedHead head(SignedBlock block, int voter, long timeMillis) {
        return head(new ChainPoint(block.height(), block.cid()), voter, timeMillis, List.of());
    }

    /** The head of key {@code voter} at {@code point} with {@code blocks} inside. */
    public SignedHead head(ChainPoint point, int voter, long timeMillis, List<SignedBlock> blocks) {
        PeerId id = TestKeys.peerId(voter);
        return HeadCodec.sign(new Head(chainId, 0, point.height(), point.cid(), timeMillis, Optional.empty(),
                blocks.stream().map(SignedBlock::bytes).toList(), id), TestKeys.key(voter));
    }
}
