package io.pinfold.cli.e2e;

import io.pinfold.cli.service.ServiceExit;
import io.pinfold.testkit.KuboNode;
import io.pinfold.testkit.ProcessRunner.Result;
import io.pinfold.testkit.Resources;
import io.pinfold.testkit.programs.Distribution;
import io.pinfold.testkit.programs.PeerProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An operator and the IPFS node within his peer, whether the peer runs or not. Takes long, and so is last in the row: one of the
 * two threads that run classes takes them from its end.
 */
@Order(Integer.MAX_VALUE)
class IpfsCommandsIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int FILM = 3_000_000;

    @RegisterExtension
    final Resources resources = new Resources();

    @TempDir
    private Path base = Path.of("");

    private final byte[] film = new byte[FILM];

    private PeerProcess peer() {
        return resources.add(PeerProcess.founder(base, "ipfs://__context"));
    }

    private Path folder(long seed) throws IOException {
        Path folder = base.resolve("films" + seed);
        Files.createDirectories(folder.resolve("deep/empty"));
        Files.writeString(folder.resolve("deep/a note.txt"), "a note " + seed);
        new Random(seed).nextBytes(film);
        Files.write(folder.resolve("film"), film);
        Files.createSymbolicLink(folder.resolve("deep/link"), Path.of("../film"));
        return folder;
    }

    private static JsonNode json(PeerProcess peer, String... words) {
        return JSON.readTree(ipfs(peer, Stream.concat(Stream.of("--enc", "json"), Arrays.stream(words))
                .toArray(String[]::new)).orElseThrow());
    }

    private static Result ipfs(PeerProcess peer, String... words) {
        return peer.service(Stream.concat(Stream.of("ipfs"), Arrays.stream(words)).toArray(String[]::new));
    }

    @Test
    void commands_open_the_node_while_no_peer_runs() throws IOException {
        PeerProcess peer = peer();
        round(peer, 1);
        assertThat(peer.folder().resolve("ipfs-cmd.sock")).doesNotExist();
    }

    @Test
    void commands_do_the_same_while_the_peer_runs() throws IOException {
        PeerProcess peer = peer();
        peer.start();
        assertThat(peer.folder().resolve("ipfs.sock")).exists();
        round(peer, 2);
        assertThat(peer.daemon().stop()).isZero();
        assertThat(peer.folder().resolve("ipfs.sock")).doesNotExist();
    }

    private void round(PeerProcess peer, int number) throws IOException {
        KuboNode kubo = resources.add(KuboNode.start());
        Path folder = folder(number);
        String root = ipfs(peer, "add", "-r", "-Q", "--cid-version=1", folder.toString()).orElseThrow();
        assertThat(root).isEqualTo(kubo.cli("add", "-r", "-Q", "--only-hash", "--cid-version=1", folder.toString()));
        assertThat(ipfs(peer, "ls", root).orElseThrow()).contains(" " + FILM + " film", " - deep/");
        assertThat(ipfs(peer, "cat", root + "/deep/a note.txt").orElseThrow()).isEqualTo("a note " + number);
        Path back = base.resolve("back" + number);
        assertThat(json(peer, "get", root, "-o", back.toString()).path("symlinks").asInt()).isEqualTo(1);
        assertThat(back.resolve("film")).hasBinaryContent(film);
        assertThat(back.resolve("deep/empty")).isEmptyDirectory();
        assertThat(Files.readSymbolicLink(back.resolve("deep/link"))).isEqualTo(Path.of("../film"));
        Path car = base.resolve(number + ".car");
        ipfs(peer, "export", root, "--output", car.toString()).orElseThrow();
        kubo.cli("dag", "import", car.toString());
        Path theirs = Files.writeString(base.resolve("theirs"), "theirs " + number);
        ipfs(peer, "add", "-Q", "--no-pin", theirs.toString()).orElseThrow();
        long kept = json(peer, "gc").path("blocks").asLong();
        assertThat(json(peer, "verify").path("blocks").asLong()).isEqualTo(kept);
        assertThat(json(peer, "stat").path("blocks").asLong()).isEqualTo(kept);
        assertThat(json(peer, "import", car.toString()).path("roots").path(0).path("cid").asString()).isEqualTo(root);
        assertThat(ipfs(peer, "pin", "ls").orElseThrow()).isEqualTo(root + " recursive");
    }

    @Test
    void a_damaged_block_is_named() throws IOException {
        PeerProcess peer = peer();
        String root = ipfs(peer, "add", "-r", "-Q", "--cid-version=1", folder(3).toString()).orElseThrow();
        assertThat(flip(peer.folder().resolve("ipfs/blocks"), Arrays.copyOfRange(film, 1_000_000, 1_000_100)))
                .as("places at which the block is")
                .isPositive();
        Result verified = ipfs(peer, "verify");
        assertThat(verified.exit()).as(verified.out() + verified.err()).isEqualTo(ServiceExit.BLOCKS_DAMAGED);
        assertThat(verified.out()).contains("bafkrei");
        assertThat(verified.err()).contains("damaged or missing");
        assertThat(ipfs(peer, "get", root, "-o", base.resolve("out").toString()).exit()).isEqualTo(ServiceExit.FAILED);
        assertThat(base.resolve("out")).doesNotExist();
        ipfs(peer, "add", "-r", "-Q", "--cid-version=1", base.resolve("films3").toString()).orElseThrow();
        assertThat(json(peer, "verify").path("ok").asBoolean()).isTrue();
    }

    /** Flips a bit wherever {@code wanted} is in a file; gives how often that was. */
    private static int flip(Path folder, byte[] wanted) throws IOException {
        int flipped = 0;
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            byte[] content = Files.readAllBytes(file);
            for (int at = 0; at + wanted.length <= content.length; at++) {
                if (Arrays.equals(content, at, at + wanted.length, wanted, 0, wanted.length)) {
                    content[at] ^= 1;
                    Files.write(file, content);
                    flipped++;
                }
            }
        }
        return flipped;
    }

    @Test
    void an_add_that_is_killed_or_told_to_stop_leaves_a_sound_store_and_no_pin() throws Exception {
        PeerProcess peer = peer();
        Process killed = add(peer, 4);
        killed.destroyForcibly().waitFor();
        assertThat(json(peer, "verify").path("ok").asBoolean()).isTrue();
        Process stopped = add(peer, 5);
        stopped.toHandle().destroy();
        assertThat(stopped.waitFor()).isEqualTo(ServiceExit.STOPPED);
        peer.start();
        Process running = add(peer, 6);
        running.destroyForcibly().waitFor();
        JsonNode verified = json(peer, "verify");
        assertThat(verified.path("ok").asBoolean()).as(verified.toString()).isTrue();
        assertThat(json(peer, "stat").path("recursive_pins").asInt()).isZero();
        assertThat(peer.daemon().stop()).isZero();
        json(peer, "gc");
        assertThat(json(peer, "stat").path("blocks").asInt()).isZero();
    }

    /** An add that has taken most of what it will get, and waits for more. */
    private static Process add(PeerProcess peer, long seed) throws IOException {
        Process process = new ProcessBuilder(Distribution.built()
                .command("cluster-service", "--config", peer.folder().toString(), "ipfs", "add", "-"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        byte[] some = new byte[1 << 20];
        Random random = new Random(seed);
        OutputStream in = process.getOutputStream();
        for (int i = 0; i < 16; i++) {
            random.nextBytes(some);
            in.write(some);
            in.flush();
        }
        return process;
    }

    @Test
    void a_peer_that_keeps_its_content_elsewhere_says_where() {
        PeerProcess peer = resources.add(PeerProcess.founder(base, PeerProcess.NO_NODE));
        Result refused = ipfs(peer, "stat");
        assertThat(refused.exit()).isEqualTo(ServiceExit.CONFIGURATION);
        assertThat(refused.err()).contains(PeerProcess.NO_NODE, "own 'ipfs' command");
    }
}
