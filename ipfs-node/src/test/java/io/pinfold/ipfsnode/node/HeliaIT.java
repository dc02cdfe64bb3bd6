package io.pinfold.ipfsnode.node;

import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.BlockImport;
import io.pinfold.ipfs.PinDepth;
import io.pinfold.ipfs.PinOutcome;
import io.pinfold.ipfs.PinRequest;
import io.pinfold.ipfsnode.Blockstore.Put;
import io.pinfold.ipfsnode.ipns.IpnsName;
import io.pinfold.ipfsnode.ipns.IpnsRecord;
import io.pinfold.ipfsnode.unixfs.Names;
import io.pinfold.ipfsnode.unixfs.ShardPlaces;
import io.pinfold.ipfsnode.unixfs.UnixFsException;
import io.pinfold.ipfsnode.unixfs.write.FolderWriter;
import io.pinfold.ipfsnode.unixfs.write.Imported;
import io.pinfold.ipfsnode.unixfs.write.Importer;
import io.pinfold.ipfsnode.unixfs.write.Layout;
import io.pinfold.ipfsnode.unixfs.write.Sharding;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.Multihash;
import io.pinfold.multiformats.dagpb.DagPb;
import io.pinfold.multiformats.key.PrivateKey;
import io.pinfold.multiformats.unixfs.UnixFsData;
import io.pinfold.multiformats.unixfs.UnixFsStat;
import io.pinfold.multiformats.unixfs.UnixFsType;
import io.pinfold.testkit.HeliaPeer;
import io.pinfold.testkit.JsPeer;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Helia and an embedded node give each other blocks by Bitswap, and take each other's names. */
@Timeout(120)
class HeliaIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** A folder of more is cut into shards, so that few entries do: Helia asks for one at a time, in some 20 ms each. */
    private static final int LARGE_FOLDER = 2_000;
    private static final Layout LAYOUT = Layout.UNIXFS_V1_2025.withSharding(
            new Sharding(Sharding.Estimate.BLOCK, LARGE_FOLDER, 0, new ShardPlaces(256)));
    private static final Map<String, Object> OPTIONS = Map.of("profile", "unixfs-v1-2025", "shardSplitThresholdBytes",
            LARGE_FOLDER);
    private static final int FILES = 80;

    @TempDir
    private static Path folder;

    private static HeliaPeer helia;
    private static TestNode ours;

    @BeforeAll
    @Timeout(300) // installs Helia if need be
    static void start() {
        ours = new TestNode(folder, EmbeddedNodeConfig.DEFAULT);
        helia = HeliaPeer.start();
        assertThat(helia.dial(ours.address().toString())).isEqualTo(ours.host.id().toString());
    }

    @AfterAll
    static void stop() {
        helia.close();
        ours.close();
    }

    private static byte[] random(long seed, int size) {
        byte[] content = new byte[size];
        new Random(seed).nextBytes(content);
        return content;
    }

    /** Files of a folder that is so large that it is cut into shards. */
    private static SequencedMap<String, byte[]> many(String content) {
        SequencedMap<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < FILES; i++) {
            files.put("file number " + i, (content + i).getBytes(StandardCharsets.UTF_8));
        }
        return files;
    }

    /** The folder of {@code files}, imported by ours and kept. */
    private static Cid add(Map<String, byte[]> files) throws UnixFsException {
        try (BlockImport session = got(ours.node.beginImport());
                Importer importer = new Importer(LAYOUT,
                        blocks -> session.put(blocks) instanceof Answer.Got
                                ? new Put.Stored(1)
                                : new Put.Failed("no"))) {
            FolderWriter top = importer.folder(UnixFsStat.NONE);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Imported made = importer.file(new ByteArrayInputStream(file.getValue()), file.getValue().length,
                        UnixFsStat.NONE);
                top.add(Names.bytes(file.getKey()), made);
            }
            Cid root = top.finish().cid();
            importer.flush();
            got(session.keep(root, ""));
            return root;
        }
    }

    private static <T> T got(Answer<T> answer) {
        assertThat(answer).isInstanceOf(Answer.Got.class);
        return ((Answer.Got<T>) answer).value();
    }

    private static HeliaPeer.Content content(byte[] data) {
        return new HeliaPeer.Content(data.length,
                Multihash.sha256(Bytes.copyOf(data)).digest().toHex());
    }

    private static UnixFsType typeOf(Cid root) {
        Bytes data = got(ours.node.block(root, Block.MAX_SIZE, PATIENCE, true));
        return UnixFsData.decode(DagPb.decode(data).orElseThrow().data().orElseThrow()).orElseThrow().type();
    }

    @Test
    void helia_fetches_a_block() {
        Bytes data = Bytes.copyOf(random(1, 500_000));
        Cid cid = Cid.raw(data);
        got(ours.node.putBlocks(List.of(new Block(cid, data))));
        assertThat(helia.block(cid.toString())).isEqualTo(content(data.toArray()));
    }

    @Test
    void helia_fetches_a_file_of_many_chunks() throws Exception {
        byte[] large = random(2, 5_000_000);
        Cid root = add(Map.of("large", large));
        assertThat(helia.cat(root.toString(), "large")).isEqualTo(content(large));
    }

    @Test
    void helia_lists_a_sharded_folder_and_pins_it() throws Exception {
        Map<String, byte[]> files = many("ours ");
        Cid root = add(files);
        assertThat(typeOf(root)).isEqualTo(UnixFsType.HAMT_SHARD);
        Map<String, String> expected = new HashMap<>();
        files.forEach((name, content) -> expected.put(name, Cid.raw(Bytes.copyOf(content)).toString()));
        assertThat(helia.ls(root.toString())).isEqualTo(expected);
        helia.pin(root.toString());
    }

    @Test
    void ours_pins_what_helia_made_and_makes_the_same() throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>(many("theirs "));
        files.put("large", random(3, 5_000_000));
        Map<String, byte[]> below = new LinkedHashMap<>();
        files.forEach((name, content) -> below.put("top/" + name, content));
        Cid root = Cid.parse(Objects.requireNonNull(helia.add(below, OPTIONS).get("top"))).orElseThrow();
        assertThat(ours.node.pin(new PinRequest(root, new PinDepth.Recursive(), "", Optional.empty(),
                List.of(Multiaddr.parse(helia.addresses().getFirst()).orElseThrow()), PATIENCE), (_, _) -> {}))
                .isEqualTo(new PinOutcome.Pinned());
        assertThat(got(ours.node.cat("/ipfs/" + root + "/large", 5_000_000, PATIENCE)).toArray())
                .isEqualTo(files.get("large"));
        assertThat(add(files)).isEqualTo(root);
        assertThat(typeOf(root)).isEqualTo(UnixFsType.HAMT_SHARD);
    }

    @Test
    void each_takes_the_names_of_the_other() {
        HeliaPeer.NameRecord made = helia.createRecord("theirs", "/ipfs/bafkqaaa", 7);
        Bytes encoded = Bytes.copyOf(Base64.getDecoder().decode(made.base64()));
        IpnsRecord theirs = IpnsRecord.verify(IpnsName.parse(made.name()).orElseThrow(), encoded).orElseThrow();
        assertThat(theirs.valueText()).isEqualTo("/ipfs/bafkqaaa");
        assertThat(theirs.sequence()).isEqualTo(7);

        IpnsRecord own = IpnsRecord.sign(PrivateKey.generate(new SecureRandom()), "/ipfs/bafkqaaa",
                Instant.now().plus(Duration.ofHours(1)), 8, Duration.ofMinutes(1));
        String base64 = Base64.getEncoder().encodeToString(own.encoded().toArray());
        assertThat(helia.checkRecord(new HeliaPeer.NameRecord(own.name().toString(), base64)))
                .isEqualTo("/ipfs/bafkqaaa");
        assertThatThrownBy(() -> helia.checkRecord(new HeliaPeer.NameRecord(made.name(), base64)))
                .as("the record of another name")
                .isInstanceOf(JsPeer.Failed.class);
    }
}
