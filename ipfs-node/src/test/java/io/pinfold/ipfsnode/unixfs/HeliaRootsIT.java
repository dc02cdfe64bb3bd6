package io.pinfold.ipfsnode.unixfs;

import io.pinfold.ipfsnode.unixfs.Entry.FileEntry;
import io.pinfold.ipfsnode.unixfs.Entry.FolderEntry;
import io.pinfold.ipfsnode.unixfs.Entry.LinkEntry;
import io.pinfold.ipfsnode.unixfs.write.Layout;
import io.pinfold.ipfsnode.unixfs.write.Sharding;
import io.pinfold.testkit.HeliaPeer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** Helia gives the roots that Kubo and we give, for what its importer has options for. */
class HeliaRootsIT {

    private static final String TOP = "top";
    private static final Set<String> GROUPS = Set.of("v0", "v1", "v1-no-raw", "v0-raw", "profile-2025", "small-chunks",
            "narrow",
            "wide", "threshold-v0", "threshold-v1", "threshold-2025");

    @Test
    @Timeout(300) // installs Helia if need be
    void rootsAreThoseOfHelia() throws IOException {
        List<RootCase> cases = RootCase.all()
                .stream()
                .filter(root -> GROUPS.contains(root.group().name()) && !hasLinks(root.entry()))
                .toList();
        Map<String, String> known = ImportRootsTest.known();
        Map<String, String> expected = new LinkedHashMap<>();
        Map<String, String> theirs = new LinkedHashMap<>();
        try (HeliaPeer helia = HeliaPeer.start()) {
            for (RootCase root : cases) {
                expected.put(root.key(), known.get(root.key()));
                Map<String, byte[]> files = new LinkedHashMap<>();
                collect(TOP, root.entry(), files);
                theirs.put(root.key(), helia.add(files, options(root.group().layout())).get(TOP));
            }
        }
        assertThat(theirs).hasSizeGreaterThan(60).containsExactlyEntriesOf(expected);
    }

    private static boolean hasLinks(Entry entry) {
        return switch (entry) {
            case LinkEntry _ -> true;
            case FileEntry _ -> false;
            case FolderEntry folder -> folder.entries().values().stream().anyMatch(HeliaRootsIT::hasLinks);
        };
    }

    private static void collect(String path, Entry entry, Map<String, byte[]> files) {
        switch (entry) {
            case FileEntry file -> files.put(path, file.content());
            case FolderEntry folder when folder.entries().isEmpty() -> files.put(path + "/", new byte[0]);
            case FolderEntry folder ->
                folder.entries().forEach((name, below) -> collect(path + "/" + name, below, files));
            case LinkEntry _ -> throw new IllegalArgumentException("Helia's importer makes no symbolic links");
        }
    }

    private static Map<String, Object> options(Layout layout) {
        return Map.of("cidVersion", layout.cidVersion(), "rawLeaves", layout.rawLeaves(), "chunkSize",
                layout.chunkSize(), "maxChildrenPerNode", layout.maxLinks(), "fieldOrder", "links-first",
                "shardSplitStrategy",
                layout.sharding().estimate() == Sharding.Estimate.BLOCK ? "block-bytes" : "links-bytes");
    }
}
