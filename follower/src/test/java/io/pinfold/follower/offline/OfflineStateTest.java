package io.pinfold.follower.offline;

import io.pinfold.chain.PinStore;
import io.pinfold.chain.core.BlockEffect;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.PinChange;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.core.StateMark;
import io.pinfold.chain.core.codec.BlockCodec;
import io.pinfold.chain.core.verify.BlockVerifier;
import io.pinfold.chain.core.verify.Fold;
import io.pinfold.chain.core.verify.Verdict;
import io.pinfold.chain.store.blocks.SegmentChainStore;
import io.pinfold.chain.store.pins.MapDbPinStore;
import io.pinfold.chain.testing.TestChains;
import io.pinfold.chain.testing.TestOps;
import io.pinfold.follower.assembly.PeerFiles;
import io.pinfold.follower.offline.OfflineState.Report;
import io.pinfold.follower.view.PinInfo;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.testing.TestCids;
import io.pinfold.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A chain of 40 blocks by two keys, one of which merges, and what may have become of its files. */
class OfflineStateTest {

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @TempDir
    private Path folder = Path.of("");

    private final TestChains chains = new TestChains(1, 2);
    private final BlockVerifier verifier = new BlockVerifier(chains.genesis());
    private List<SignedBlock> branch = List.of();

    @BeforeEach
    void makeChain() throws Exception {
        List<SignedBlock> low = chains.line(null, 1, 20, 0);
        SignedBlock side = chains.after(low.get(9), 2, TestOps.pin(500), TestOps.unpin(3));
        SignedBlock merge = chains.after(low.getLast(), 1, List.of(side), TestOps.pin(600, "last"));
        List<SignedBlock> high = chains.line(merge, 2, 19, 1000);
        branch = Stream.of(low, List.of(merge), high).flatMap(List::stream).toList();
        try (SegmentChainStore store = OfflineStores.blocks(files())) {
            store.append(List.of(side), new ChainPoint(0, chains.chainId()));
            branch.forEach(block -> store.append(List.of(block), new ChainPoint(block.height(), block.cid())));
        }
    }

    private PeerFiles files() {
        return new PeerFiles(folder);
    }

    private OfflineState state() {
        return new OfflineState(folder, chains.genesis(), InstantSource.system());
    }

    private List<PinInfo> export() throws FolderUnusableException {
        List<PinInfo> pins = new ArrayList<>();
        state().export(pins::add);
        return pins;
    }

    /** Saves a state of the first {@code blocks} blocks, each of whose effects {@code change} may falsify. */
    private void saveState(int blocks, UnaryOperator<BlockEffect> change) throws FolderUnusableException {
        try (SegmentChainStore store = OfflineStores.blocks(files()); MapDbPinStore pins = pins(files().state())) {
            for (SignedBlock block : branch.subList(0, blocks)) {
                pins.apply(change.apply(effect(store, pins, block)));
            }
            pins.save();
        }
    }

    private MapDbPinStore pins(Path at) throws FolderUnusableException {
        return OfflineStores.pins(at, chains.chainId(), InstantSource.system(), _ -> {});
    }

    private BlockEffect effect(SegmentChainStore store, PinStore pins, SignedBlock block) {
        List<SignedBlock> merges = block.block().merges().stream().map(cid -> store.get(cid).orElseThrow()).toList();
        Verdict verdict = verifier.judge(verifier.kept(block), pins.mark(),
                cid -> store.get(cid).map(verifier::kept), Long.MAX_VALUE);
        assertThat(verdict).isInstanceOf(Verdict.Valid.class);
        StateMark after = ((Verdict.Valid) verdict).after();
        return Fold.effect(block, merges, after);
    }

    @Test
    void export_gives_every_pin_once_in_the_order_of_cids() throws Exception {
        List<PinInfo> pins = export();
        assertThat(pins).hasSize(40);
        assertThat(pins).extracting(PinInfo::cid).doesNotHaveDuplicates().doesNotContain(TestCids.cid(3));
        assertThat(pins).filteredOn(pin -> pin.cid().equals(TestCids.cid(600)))
                .singleElement()
                .satisfies(pin -> assertThat(pin.options().name()).isEqualTo("last"));
        saveState(35, effect -> effect);
        assertThat(export()).as("with a saved state below the end").isEqualTo(pins);
    }

    @Test
    void a_whole_chain_and_its_state_are_well() throws Exception {
        assertThat(state().verify((_, _) -> {})).isEqualTo(new Report(40, 40, 40, List.of()));
        saveState(33, effect -> effect);
        List<Long> heights = new ArrayList<>();
        assertThat(state().verify((height, _) -> heights.add(height))).isEqualTo(new Report(40, 40, 40, List.of()));
        assertThat(heights).hasSize(40).isSorted();
        assertThat(folder.resolve("state.check")).doesNotExist();
    }

    @Test
    void a_new_folder_is_well() throws Exception {
        folder = folder.resolve("new");
        assertThat(state().verify((_, _) -> {})).isEqualTo(new Report(0, 0, 0, List.of()));
        assertThat(state().rebuild((_, _) -> {})).isEqualTo(new Report(0, 0, 0, List.of()));
        assertThat(export()).isEmpty();
    }

    @Test
    void a_pin_that_the_saved_state_lacks_has_too_much_or_has_otherwise_is_named() throws Exception {
        saveState(30, effect -> effect.after().height() == 7
                ? new BlockEffect(effect.before(), effect.after(), List.of())
                : effect);
        assertFlaw(30, TestCids.cid(6), "is in the chain and not in the saved state");
        clearState();
        saveState(30, effect -> effect.after().height() == 7
                ? new BlockEffect(effect.before(), effect.after(), Stream.concat(effect.changes().stream(), Stream.of(
                        new PinChange(TestCids.cid(77), effect.changes()
                                .getFirst()
                                .entry()
                                .map(entry -> new io.pinfold.chain.core.PinEntry(
                                        io.pinfold.chain.core.Pin.of(TestCids.cid(77)), entry.height(),
                                        entry.timeMillis())))))
                        .toList())
                : effect);
        assertFlaw(30, TestCids.cid(77), "is in the saved state and not in the chain");
        clearState();
        saveState(30, effect -> effect.after().height() == 7
                ? new BlockEffect(effect.before(), effect.after(), List.of(new PinChange(TestCids.cid(6),
                        effect.changes()
                                .getFirst()
                                .entry()
                                .map(entry -> new io.pinfold.chain.core.PinEntry(entry.pin().withName("else"),
                                        entry.height(), entry.timeMillis())))))
                : effect);
        assertFlaw(30, TestCids.cid(6), "has other options in the saved state than in the chain");
        assertThat(state().rebuild((_, _) -> {}).flaws()).isEmpty();
        assertThat(state().verify((_, _) -> {}).flaws()).as("after rebuilding").isEmpty();
    }

    private void assertFlaw(long height, Cid cid, String detail) throws FolderUnusableException {
        assertThat(state().verify((_, _) -> {}).flaws())
                .containsExactly(new Flaw(height, Optional.of(cid), "pin " + cid + ' ' + detail));
    }

    private void clearState() throws IOException {
        try (Stream<Path> content = Files.list(files().state())) {
            for (Path file : content.toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void a_rebuilt_state_is_saved_whole_and_replays_nothing() throws Exception {
        List<PinInfo> pins = export();
        assertThat(state().rebuild((_, _) -> {})).isEqualTo(new Report(40, 40, 40, List.of()));
        try (MapDbPinStore saved = pins(files().state())) {
            assertThat(saved.mark().height()).isEqualTo(40);
        }
        assertThat(export()).isEqualTo(pins);
        assertThat(folder.resolve("state.new")).doesNotExist();
        assertThat(folder.resolve("state.old")).doesNotExist();
    }

    @Test
    void a_damaged_base_is_named() throws Exception {
        saveState(30, effect -> effect);
        Path base = files().state().resolve("base-%016d.db".formatted(30));
        byte[] content = Files.readAllBytes(base);
        content[content.length / 2] ^= 1;
        Files.write(base, content);
        assertThat(state().verify((_, _) -> {}).flaws()).singleElement()
                .satisfies(flaw -> assertThat(flaw.detail()).contains("saved at height 30 is damaged"));
        assertThat(export()).hasSize(40);
    }

    /** Bytes anywhere in the segments are changed: each time either nothing of the branch is hurt, or the block is named. */
    @Test
    void damaged_segments_are_found_and_named_and_leave_the_state_alone() throws Exception {
        saveState(40, effect -> effect);
        RandomGenerator random = seeds.generator();
        Path segment;
        try (Stream<Path> files = Files.list(files().blocks())) {
            segment = files.filter(file -> file.toString().contains("0001")).findFirst().orElseThrow();
        }
        byte[] sound = Files.readAllBytes(segment);
        int named = 0;
        for (int round = 0; round < 30; round++) {
            byte[] broken = sound.clone();
            broken[random.nextInt(64, sound.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(segment, broken);
            Report report = state().verify((_, _) -> {});
            if (!report.flaws().isEmpty()) {
                named++;
                assertThat(report.flaws().getFirst().detail()).as(seeds.toString())
                        .containsAnyOf("missing", "damaged", "says otherwise", "saved state");
                assertThat(state().rebuild((_, _) -> {}).height()).as(seeds.toString()).isLessThanOrEqualTo(40);
            }
            Files.write(segment, sound);
            assertThat(state().verify((_, _) -> {}).flaws()).as("round " + round + ", " + seeds).isEmpty();
        }
        assertThat(named).as("rounds in which the damage hurt a block").isGreaterThan(20);
    }

    @Test
    void a_block_with_a_false_signature_is_named() throws Exception {
        SignedBlock top = branch.getLast();
        SignedBlock good = chains.after(top, 1, TestOps.pin(7000));
        byte[] bytes = good.bytes().toArray();
        int at = indexOf(bytes, good.signature().toArray());
        bytes[at + 5] ^= 1;
        SignedBlock forged = BlockCodec.decode(Bytes.copyOf(bytes)).orElseThrow();
        try (SegmentChainStore store = OfflineStores.blocks(files())) {
            store.append(List.of(forged), new ChainPoint(forged.height(), forged.cid()));
        }
        Report report = state().verify((_, _) -> {});
        assertThat(report.height()).isEqualTo(40);
        assertThat(report.flaws()).singleElement().satisfies(flaw -> {
            assertThat(flaw.cid()).contains(forged.cid());
            assertThat(flaw.height()).isEqualTo(41);
            assertThat(flaw.detail()).contains("BAD_SIGNATURE");
        });
        assertThat(state().rebuild((_, _) -> {}).flaws()).isEqualTo(report.flaws());
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int at = 0; at + part.length <= bytes.length; at++) {
            if (java.util.Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        throw new AssertionError("not there");
    }
}
