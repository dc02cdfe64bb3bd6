package io.pinfold.ipfsnode.unixfs;

import io.pinfold.ipfsnode.unixfs.Entry.FolderEntry;
import io.pinfold.ipfsnode.unixfs.UnixFsFailure.Problem;
import io.pinfold.ipfsnode.unixfs.read.FolderItem;
import io.pinfold.ipfsnode.unixfs.read.UnixFsEntry;
import io.pinfold.ipfsnode.unixfs.read.UnixFsEntry.Kind;
import io.pinfold.ipfsnode.unixfs.write.BlockSink;
import io.pinfold.ipfsnode.unixfs.write.FolderWriter;
import io.pinfold.ipfsnode.unixfs.write.Imported;
import io.pinfold.ipfsnode.unixfs.write.Importer;
import io.pinfold.ipfsnode.unixfs.write.Layout;
import io.pinfold.ipfsnode.unixfs.write.Sharding;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.dagpb.PbLink;
import io.pinfold.multiformats.unixfs.UnixFsData;
import io.pinfold.multiformats.unixfs.UnixFsShard;
import io.pinfold.multiformats.unixfs.UnixFsStat;
import io.pinfold.testkit.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

class FolderReadingTest {

    private static final UnixFsStat NONE = UnixFsStat.NONE;
    private static final UnixFsShard SHARD = new UnixFsShard(UnixFsShard.MURMUR3_X64_64, 256);

    @RegisterExtension
    final Seeds seeds = new Seeds();

    private final Stored stored = new Stored();
    private final Cid leaf = stored.put(Multicodec.RAW, Names.bytes("hello"));

    @Test
    void murmurIsThatOfItsAuthor() {
        assertThat(Murmur3.hash(Bytes.EMPTY)).isZero();
        assertThat(Murmur3.hash(Names.bytes("hello"))).isEqualTo(0xcbd8a7b341bd9b02L);
        assertThat(Murmur3.hash(Names.bytes("The quick brown fox jumps over the lazy dog")))
                .isEqualTo(0xe34bbc7bbc071b6cL);
    }

    @Test
    void foldersOfAnyShapeHaveTheirEntries() {
        RandomGenerator random = seeds.generator();
        for (int round = 0; round < 60; round++) {
            int fanout = 8 << random.nextInt(8);
            Sharding rule = new Sharding(Sharding.Estimate.LINKS, 1000, 0, new ShardPlaces(fanout));
            Map<String, Entry> entries = new TreeMap<>();
            for (int i = random.nextInt(400); i >= 0; i--) {
                entries.put("n" + random.nextInt(100_000), Entry.file(random.nextInt(5)));
            }
            Cid folder = stored.put(Layout.KUBO_CID_V1.withSharding(rule),
                    new FolderEntry(new LinkedHashMap<>(entries), NONE)).cid();
            Map<String, Cid> listed = list(folder);
            assertThat(listed.keySet()).as(seeds.toString()).isEqualTo(entries.keySet());
            for (String name : entries.keySet()) {
                assertThat(stored.reader.resolve(folder, List.of(name)).orElseThrow()).as("%s: %s", seeds, name)
                        .isEqualTo(listed.get(name));
            }
            assertFails(stored.reader.resolve(folder, List.of("n100001")), Problem.NOT_FOUND);
        }
    }

    @Test
    void pathsLeadThroughFolders() {
        FolderEntry inner = Entry.with(Entry.folder(), "ä", Entry.file(3));
        FolderEntry outer = Entry.with(Entry.with(Entry.folder(), "inner", inner), "file", Entry.file(2));
        Cid root = stored.put(Layout.UNIXFS_V0_2015, outer).cid();
        Cid file = stored.put(Layout.UNIXFS_V0_2015, Entry.file(3)).cid();
        assertThat(stored.reader.resolve(root, List.of())).isEqualTo(new Outcome.Done<>(root));
        assertThat(stored.reader.resolve(root, List.of("inner", "ä"))).isEqualTo(new Outcome.Done<>(file));
        assertFails(stored.reader.resolve(root, List.of("file", "x")), Problem.NOT_A_FOLDER);
        assertFails(stored.reader.resolve(root, List.of("inner", "..")), Problem.NOT_FOUND);
        assertFails(stored.reader.resolve(root, Collections.nCopies(300, "inner")), Problem.TOO_DEEP);
    }

    @Test
    void entriesSayWhatTheyAre() {
        Cid link = stored.put(Layout.UNIXFS_V0_2015, new Entry.LinkEntry("../x", NONE)).cid();
        assertThat(stored.reader.entry(link))
                .isEqualTo(new Outcome.Done<>(new UnixFsEntry(link, Kind.SYMLINK, 4, "../x", NONE)));
        Cid folder = stored.put(Layout.UNIXFS_V0_2015, Entry.folder()).cid();
        assertThat(stored.reader.entry(folder).orElseThrow().kind()).isEqualTo(Kind.FOLDER);
        assertThat(stored.reader.entry(leaf).orElseThrow().size()).isEqualTo(5);
    }

    @Test
    void forgedBitFieldsAreFound() {
        String name = "hello"; // its hash begins with cb d8 a7
        PbLink right = Stored.link("CB" + name, leaf);
        assertThat(list(shard(bits(0xcb), right))).containsOnlyKeys(name);
        assertForged(shard(bits(0xcc), right), name);
        assertForged(shard(bits(0xcb, 0xcc), right), name);
        assertForged(shard(Bytes.EMPTY, right), name);
        assertForged(shard(bits(0xcb).concat(Bytes.fromHex("00")), right), name);
        assertForged(shard(Bytes.fromHex("00".repeat(7)).concat(bits(0xcb)), right), name);
        assertForged(shard(bits(0xcb), right, right), name);
        assertForged(shard(bits(0xcb), Stored.link("cb" + name, leaf)), name);
        assertForged(shard(bits(0xcb), Stored.link("C", leaf)), name);
        assertForged(shard(bits(0xcb), Stored.link("CBother", leaf)), name);
        assertForged(shard(bits(0xcb), Stored.link("CB", leaf)), name);
        assertForged(shard(bits(0xcb), Stored.link("CB", stored.put(UnixFsData.folder(NONE)))), name);
        assertForged(stored.put(UnixFsData.shard(bits(0xcb), new UnixFsShard(0x12, 256), NONE), right), name);
        for (long fanout : new long[]{0, 4, 255, 2048, Long.MAX_VALUE}) {
            UnixFsShard odd = new UnixFsShard(UnixFsShard.MURMUR3_X64_64, fanout);
            assertForged(stored.put(UnixFsData.shard(bits(0xcb), odd, NONE), right), name);
        }
        Cid below = shard(bits(0xd8), Stored.link("D8" + name, leaf));
        assertThat(list(shard(bits(0xcb), Stored.link("CB", below)))).containsOnlyKeys(name);
        assertForged(shard(bits(0xcc), Stored.link("CC", below)), "");
        UnixFsShard narrow = new UnixFsShard(UnixFsShard.MURMUR3_X64_64, 16);
        Cid other = stored.put(UnixFsData.shard(bits(0xd), narrow, NONE), Stored.link("D" + name, leaf));
        assertForged(shard(bits(0xcb), Stored.link("CB", other)), name);
    }

    @Test
    void shardsBelowEachOtherAreBounded() {
        Cid deep = shard(bits(1), Stored.link("01x", leaf));
        for (int i = 0; i < 20; i++) {
            deep = shard(bits(0), Stored.link("00", deep));
        }
        assertFails(stored.reader.list(deep, _ -> {}), Problem.TOO_DEEP);
    }

    @Test
    void whatIsNoFolderIsSaidSo() {
        assertFails(stored.reader.list(leaf, _ -> {}), Problem.NOT_A_FOLDER);
        assertFails(stored.reader.resolve(leaf, List.of("x")), Problem.NOT_A_FOLDER);
        assertFails(stored.reader.list(stored.put(UnixFsData.symlink(Names.bytes("x"), NONE)), _ -> {}),
                Problem.NOT_A_FOLDER);
    }

    @Test
    void badNamesAndDoubleOnesAreNotImported() {
        try (Importer importer = new Importer(Layout.UNIXFS_V0_2015, BlockSink.NOWHERE)) {
            FolderWriter folder = importer.folder(NONE);
            Imported entry = new Imported(leaf, 5, 5);
            assertThat(add(folder, "a", entry)).isInstanceOf(Outcome.Done.class);
            for (String bad : List.of("a", "", ".", "..", "x/y", "x\0y", "n".repeat(Names.MAX_BYTES + 1))) {
                assertFails(add(folder, bad, entry), Problem.BAD_NAME);
            }
            for (String good : List.of("...", ".x", "x.", " ", "\\")) {
                assertThat(add(folder, good, entry)).isInstanceOf(Outcome.Done.class);
            }
        }
    }

    private static Outcome<String> add(FolderWriter folder, String name, Imported entry) {
        return Outcome.attempt(() -> {
            folder.add(Names.bytes(name), entry);
            return name;
        });
    }

    private void assertForged(Cid folder, String name) {
        assertFails(stored.reader.list(folder, _ -> {}), Problem.MALFORMED);
        if (!name.isEmpty()) {
            assertThat(stored.reader.resolve(folder, List.of(name))).isInstanceOf(Outcome.Failed.class);
        }
    }

    private Cid shard(Bytes bits, PbLink... links) {
        return stored.put(UnixFsData.shard(bits, SHARD, NONE), links);
    }

    private static Bytes bits(int... places) {
        byte[] bits = new byte[32];
        for (int place : places) {
            bits[31 - place / 8] |= (byte) (1 << place % 8);
        }
        return Bytes.copyOf(bits);
    }

    private Map<String, Cid> list(Cid folder) {
        List<FolderItem> items = new ArrayList<>();
        stored.reader.list(folder, items::add).orElseThrow();
        return items.stream().collect(Collectors.toMap(FolderItem::nameText, FolderItem::cid));
    }

    private static void assertFails(Outcome<?> outcome, Problem problem) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class,
                failed -> assertThat(failed.failure().problem()).as(failed.toString()).isEqualTo(problem));
    }
}
