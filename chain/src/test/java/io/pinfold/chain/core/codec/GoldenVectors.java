package io.pinfold.chain.core.codec;

import io.pinfold.chain.core.Block;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.Genesis;
import io.pinfold.chain.core.Head;
import io.pinfold.chain.core.LogOp;
import io.pinfold.chain.core.LogOp.Anchor;
import io.pinfold.chain.core.LogOp.ConfigOp;
import io.pinfold.chain.core.LogOp.PinOp;
import io.pinfold.chain.core.LogOp.TrustOp;
import io.pinfold.chain.core.Replication;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.core.SignedHead;
import io.pinfold.chain.testing.TestChains;
import io.pinfold.chain.testing.TestOps;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.testing.TestCids;
import io.pinfold.multiformats.testing.TestKeys;
import io.pinfold.trust.KeySet;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The values behind the golden vectors of the page "The chain". */
final class GoldenVectors {

    static final Genesis GENESIS = new Genesis("pacman mirror", Bytes.fromHex("f0e1d2c3b4a5968778695a4b3c2d1e0f"),
            new KeySet(new TreeSet<>(List.of(TestKeys.peerId(1), TestKeys.peerId(2))),
                    new TreeSet<>(List.of(TestKeys.peerId(3))), 1),
            1 << 20, 10_000, Replication.of(2, 3), Duration.ofHours(1));
    static final Cid CHAIN = GenesisCodec.chainId(GENESIS);
    static final SignedBlock BLOCK_1 = BlockCodec.sign(new Block(CHAIN, 1, CHAIN, CHAIN, List.of(),
            TestKeys.peerId(1), 1, TestChains.START, List.of(TestOps.pin(1))), TestKeys.key(1));
    static final SignedBlock ORPHAN = BlockCodec.sign(new Block(CHAIN, 1, CHAIN, CHAIN, List.of(),
            TestKeys.peerId(2), 1, TestChains.START + 3, List.of(new PinOp(TestOps.full(2)))), TestKeys.key(2));
    static final SignedBlock BLOCK_2 = BlockCodec.sign(
            new Block(CHAIN, 2, BLOCK_1.cid(), CHAIN, List.of(ORPHAN.cid()), TestKeys.peerId(2), 2,
                    TestChains.START + 1000, List.of(TestOps.unpin(1), TestOps.pin(3))),
            TestKeys.key(2));
    static final TrustOp TRUST = trust();
    static final ConfigOp CONFIG = config();
    static final SignedHead HEAD = HeadCodec.sign(new Head(CHAIN, 0, 1, BLOCK_1.cid(), TestChains.START + 60_000,
            Optional.of(new Head.Snapshot(1, TestCids.cid(5))), List.of(BLOCK_1.bytes()), TestKeys.peerId(1)),
            TestKeys.key(1));
    static final SignedHead EMPTY_HEAD = HeadCodec.sign(new Head(CHAIN, 0, 0, CHAIN, TestChains.START,
            Optional.empty(), List.of(), TestKeys.peerId(2)), TestKeys.key(2));

    private GoldenVectors() {}

    /** All vectors by name, in the order of the page. */
    static Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        for (int key = 1; key <= 3; key++) {
            all.put("key" + key + ".peerid", TestKeys.peerId(key).toString());
        }
        all.put("genesis.bytes", GenesisCodec.encode(GENESIS).toHex());
        all.put("genesis.cid", CHAIN.toString());
        putBlock(all, "block1", BLOCK_1);
        putBlock(all, "orphan", ORPHAN);
        putBlock(all, "block2", BLOCK_2);
        all.put("op.trust.bytes", OpCodec.encode(TRUST).toHex());
        all.put("op.trust.message", OpCodec.message(CHAIN, TRUST).toHex());
        all.put("op.config.bytes", OpCodec.encode(CONFIG).toHex());
        all.put("op.config.message", OpCodec.message(CHAIN, CONFIG).toHex());
        all.put("head.bytes", HEAD.bytes().toHex());
        all.put("head.empty.bytes", EMPTY_HEAD.bytes().toHex());
        return all;
    }

    private static void putBlock(Map<String, String> all, String name, SignedBlock block) {
        all.put(name + ".bytes", block.bytes().toHex());
        all.put(name + ".message", BlockCodec.message(block).toHex());
        all.put(name + ".cid", block.cid().toString());
    }

    private static TrustOp trust() {
        Anchor anchor = new Anchor(BLOCK_2.cid(), 2);
        KeySet keys = new KeySet(new TreeSet<>(List.of(TestKeys.peerId(2), TestKeys.peerId(4))),
                new TreeSet<>(List.of(TestKeys.peerId(3), TestKeys.peerId(5))), 2);
        TrustOp unsigned = new TrustOp(1, anchor, keys, new TreeMap<>());
        return new TrustOp(1, anchor, keys, byKey3(OpCodec.message(CHAIN, unsigned)));
    }

    private static ConfigOp config() {
        Anchor anchor = new Anchor(new ChainPoint(1, BLOCK_1.cid()).cid(), 1);
        Map<String, Long> activations = Map.of("block.v2", 1000L);
        Map<String, String> settings = Map.of("admit.example", "yes");
        ConfigOp unsigned = new ConfigOp(1, anchor, new TreeMap<>(activations), new TreeMap<>(settings),
                new TreeMap<>());
        return new ConfigOp(1, anchor, unsigned.activations(), unsigned.settings(),
                byKey3(OpCodec.message(CHAIN, unsigned)));
    }

    private static SortedMap<PeerId, Bytes> byKey3(Bytes message) {
        return new TreeMap<>(Map.of(TestKeys.peerId(3), TestKeys.key(3).sign(message)));
    }

    /** A block with the operations of every kind. */
    static List<LogOp> everyOp() {
        return List.of(new PinOp(TestOps.full(2)), TestOps.unpin(1), TRUST, CONFIG);
    }
}
