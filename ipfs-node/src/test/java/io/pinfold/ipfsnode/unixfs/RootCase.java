package io.pinfold.ipfsnode.unixfs;

import io.pinfold.ipfsnode.unixfs.Entry.FileEntry;
import io.pinfold.ipfsnode.unixfs.Entry.FolderEntry;
import io.pinfold.ipfsnode.unixfs.Entry.LinkEntry;
import io.pinfold.ipfsnode.unixfs.write.BlockSink;
import io.pinfold.ipfsnode.unixfs.write.Importer;
import io.pinfold.ipfsnode.unixfs.write.Layout;
import io.pinfold.ipfsnode.unixfs.write.Sharding;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.unixfs.UnixFsStat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * An input and options, whose root is known from Kubo.
 *
 * @param group the options: cases with the same ones are added by Kubo in one request
 */
record RootCase(Group group, String name, Entry entry) {

    /** Options: as Kubo's, by the profile of its configuration and the query of {@code add}, and as ours. */
    record Group(String name, String profile, String query, Layout layout) {}

    private static final int CHUNK = 256 << 10;
    private static final String V0 = "unixfs-v0-2015";
    private static final String V1 = "unixfs-v1-2025";
    private static final Layout LAYOUT = Layout.UNIXFS_V0_2015;

    /** The root that our importer gives. */
    String root() {
        try (Importer importer = new Importer(group.layout(), BlockSink.NOWHERE)) {
            return Outcome.attempt(() -> entry.into(importer)).orElseThrow().cid().toString();
        }
    }

    String key() {
        return group.name() + " " + name;
    }

    static List<RootCase> all() {
        List<RootCase> cases = new ArrayList<>();
        for (Group group : List.of(
                new Group("v0", V0, "", LAYOUT),
                new Group("v1", V0, "cid-version=1", Layout.KUBO_CID_V1),
                new Group("v1-no-raw", V0, "cid-version=1&raw-leaves=false", LAYOUT.withCidVersion(1)),
                new Group("v0-raw", V0, "cid-version=0&raw-leaves=true", LAYOUT.withRawLeaves(true)),
                new Group("inline-v0", V0, "inline=true", LAYOUT.withInlineLimit(32)),
                new Group("inline-v1", V0, "inline=true&inline-limit=128&cid-version=1",
                        Layout.KUBO_CID_V1.withInlineLimit(128)),
                new Group("sha2-512", V0, "hash=sha2-512", Layout.KUBO_CID_V1.withHash(Multicodec.SHA2_512)),
                new Group("blake3", V0, "hash=blake3", Layout.KUBO_CID_V1.withHash(Multicodec.BLAKE3)),
                new Group("blake2b", V0, "hash=blake2b-256&raw-leaves=false",
                        LAYOUT.withCidVersion(1).withHash(Multicodec.BLAKE2B_256)),
                new Group("profile-2025", V1, "", Layout.UNIXFS_V1_2025))) {
            usual().forEach((name, entry) -> cases.add(new RootCase(group, name, entry)));
        }
        add(cases, new Group("small-chunks", V0, "chunker=size-10", LAYOUT.withChunkSize(10)), files(0, 9, 10, 11, 1739,
                1740, 1741, 1750, 10 * 174 * 3 + 5));
        add(cases, new Group("narrow", V0, "cid-version=1&chunker=size-7&max-file-links=2",
                Layout.KUBO_CID_V1.withChunkSize(7).withMaxLinks(2)), files(7, 14, 15, 28, 29, 1000));
        add(cases, new Group("wide", V0, "cid-version=1&chunker=size-3&max-file-links=1024",
                Layout.KUBO_CID_V1.withChunkSize(3).withMaxLinks(1024)), files(3 * 1024, 3 * 1024 + 1, 10_000));
        for (int fanout : new int[]{8, 32, 256, 1024}) {
            Sharding rule = new Sharding(Sharding.Estimate.LINKS, Sharding.DEFAULT_THRESHOLD, 5,
                    new ShardPlaces(fanout));
            add(cases, new Group("shards-" + fanout, V0, "max-directory-links=5&max-hamt-fanout=" + fanout,
                    LAYOUT.withSharding(rule)), shards());
        }
        add(cases, new Group("stat", V0, "preserve-mode=true&preserve-mtime=true", LAYOUT), stats());
        add(cases, new Group("stat-v1", V0, "preserve-mode=true&preserve-mtime=true&cid-version=1&chunker=size-10",
                Layout.KUBO_CID_V1.withChunkSize(10)), stats());
        add(cases, new Group("stat-shards", V0, "preserve-mode=true&preserve-mtime=true&max-directory-links=2",
                LAYOUT.withSharding(new Sharding(Sharding.Estimate.LINKS, Sharding.DEFAULT_THRESHOLD, 2,
                        new ShardPlaces(256)))),
                stats());
        add(cases, new Group("threshold-v0", V0, "", LAYOUT), thresholds(34, 0));
        add(cases, new Group("threshold-v1", V0, "cid-version=1", Layout.KUBO_CID_V1), thresholds(36, 0));
        add(cases, new Group("threshold-2025", V1, "", Layout.UNIXFS_V1_2025), thresholds(45, 4));
        Map<String, Entry> many = Map.of("20000", Entry.folderOf(IntStream.range(0, 20_000)
                .mapToObj(i -> "file number " + i)
                .toList()));
        add(cases, new Group("many-v0", V0, "", LAYOUT), many);
        add(cases, new Group("many-2025", V1, "", Layout.UNIXFS_V1_2025), many);
        return cases;
    }

    private static void add(List<RootCase> cases, Group group, Map<String, Entry> entries) {
        entries.forEach((name, entry) -> cases.add(new RootCase(group, name, entry)));
    }

    private static Map<String, Entry> usual() {
        Map<String, Entry> entries = new LinkedHashMap<>(
                files(0, 1, 5, 30, 100, CHUNK - 1, CHUNK, CHUNK + 1, 5 * CHUNK + 7));
        entries.put("zeros", new FileEntry(3 * CHUNK, 0, UnixFsStat.NONE));
        entries.put("symlink", new LinkEntry("../some where/else", UnixFsStat.NONE));
        entries.put("empty-folder", Entry.folder());
        FolderEntry inner = Entry.with(Entry.with(Entry.folder(), "x", Entry.file(3)), "none", Entry.folder());
        FolderEntry tree = Entry.with(Entry.with(inner, "inner", inner), "link", entries.get("symlink"));
        entries.put("tree", Entry.with(tree, "big", Entry.file(CHUNK + 1)));
        entries.put("unicode", Entry.folderOf(List.of("ä", "a\u0308", "z", "日本語.txt", "😀", "ﬁ", "a b", "Z", "%41",
                ".hidden", "-", "a\\b", "\"quoted\"", "tab\there")));
        FolderEntry deep = Entry.folder();
        for (int i = 0; i < 20; i++) {
            deep = Entry.with(Entry.folder(), "level " + i, deep);
        }
        entries.put("deep", deep);
        return entries;
    }

    private static Map<String, Entry> files(int... sizes) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (int size : sizes) {
            entries.put("file-" + size, Entry.file(size));
        }
        return entries;
    }

    private static Map<String, Entry> shards() {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (int size : new int[]{5, 6, 40, 700}) {
            entries.put("shard-" + size, numbered(size));
        }
        FolderEntry nested = Entry.folder();
        for (int i = 0; i < 7; i++) {
            nested = Entry.with(nested, "sub" + i, numbered(i % 2 == 0 ? 6 : 5));
        }
        entries.put("nested", nested);
        return entries;
    }

    private static FolderEntry numbered(int size) {
        return Entry.folderOf(IntStream.range(0, size).mapToObj(i -> "n" + i).toList());
    }

    private static Map<String, Entry> stats() {
        Map<String, Entry> entries = new LinkedHashMap<>();
        UnixFsStat stat = new UnixFsStat(OptionalInt.of(0640), Optional.of(Instant.ofEpochSecond(1577934245, 678)));
        UnixFsStat old = new UnixFsStat(OptionalInt.of(0755), Optional.of(Instant.ofEpochSecond(-77)));
        FileEntry small = new FileEntry(5, 1, stat);
        FileEntry large = new FileEntry(45, 2, old);
        LinkEntry link = new LinkEntry("small", new UnixFsStat(OptionalInt.empty(), old.mtime()));
        entries.put("small", small);
        entries.put("large", large);
        entries.put("none", new FileEntry(0, 1, stat));
        entries.put("link", link);
        FolderEntry folder = new FolderEntry(new LinkedHashMap<>(), old);
        entries.put("empty", folder);
        folder = Entry.with(Entry.with(Entry.with(folder, "small", small), "large", large), "link", link);
        entries.put("folder", folder);
        entries.put("outer", Entry.with(new FolderEntry(new LinkedHashMap<>(), stat), "inner", folder));
        return entries;
    }

    /** Folders at the threshold, one byte below, and above; an entry counts {@code overhead} bytes besides its name. */
    private static Map<String, Entry> thresholds(int overhead, int ofFolder) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (int over = -1; over <= 2; over++) {
            int left = Sharding.DEFAULT_THRESHOLD - ofFolder + over;
            List<String> names = new ArrayList<>();
            for (int count = left / (overhead + 105); count > 0; count--) {
                int length = left / count - overhead;
                names.add("%0100d".formatted(count) + "x".repeat(length - 100));
                left -= length + overhead;
            }
            entries.put("over" + over, Entry.folderOf(names));
        }
        return entries;
    }
}
