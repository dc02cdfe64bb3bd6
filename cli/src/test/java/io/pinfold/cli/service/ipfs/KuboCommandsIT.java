package io.pinfold.cli.service.ipfs;

import io.pinfold.cli.TestConsole.Result;
import io.pinfold.testkit.KuboNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** The commands against a real Kubo, whose RPC the node within a peer speaks too. */
class KuboCommandsIT {

    private static Path sockets = Path.of("");
    private static KuboNode kubo = start();

    @TempDir
    private Path base = Path.of("");

    private final IpfsProgram program = new IpfsProgram(sockets.resolve("s"));

    private static KuboNode start() {
        try {
            sockets = Files.createTempDirectory("pf");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return KuboNode.start(Map.of("/Addresses/API", "/unix" + sockets.resolve("s")));
    }

    @BeforeAll
    static void node_runs() {
        assertThat(kubo.isAlive()).isTrue();
    }

    @AfterAll
    static void stop() throws IOException {
        kubo.close();
        Files.deleteIfExists(sockets.resolve("s"));
        Files.delete(sockets);
    }

    /** Files with odd names and sizes, folders, and links. */
    private Path folder() throws IOException {
        Path folder = base.resolve("films");
        Files.createDirectories(folder.resolve("deep/empty"));
        Files.writeString(folder.resolve("deep/é %2F+ \"x\".txt"), "a note");
        Files.writeString(folder.resolve("nothing"), "");
        Files.writeString(folder.resolve(".hidden"), "hush");
        byte[] film = new byte[1_300_000];
        new Random(1).nextBytes(film);
        Files.write(folder.resolve("film"), film);
        Files.createSymbolicLink(folder.resolve("deep/link"), Path.of("../../../etc"));
        return folder;
    }

    @ParameterizedTest
    @ValueSource(strings = {"-r", "-r --cid-version=1", "-r --cid-version=1 --raw-leaves=false", "-r --raw-leaves",
        "-r -H", "-r -w", "-r --chunker=size-1000"})
    void roots_are_those_of_the_program_ipfs(String options) throws IOException {
        String folder = folder().toString();
        List<String> words = Stream.of(options.split(" ")).toList();
        String theirs = kubo.cli(Stream.of(Stream.of("add", "-Q", "--only-hash"), words.stream(), Stream.of(folder))
                .flatMap(it -> it)
                .toArray(String[]::new));
        String ours = program.fine(Stream.of(Stream.of("add", "-Q"), words.stream(), Stream.of(folder))
                .flatMap(it -> it)
                .toArray(String[]::new)).out().strip();
        assertThat(ours).isEqualTo(theirs);
        assertThat(kubo.cli("pin", "ls", "--type=recursive", "-q", ours)).isEqualTo(ours);
    }

    @Test
    void standard_input_is_a_file() throws IOException {
        Files.writeString(base.resolve("text"), "a text");
        program.console().typed("a text");
        String cid = program.fine("add", "-q", "--no-pin", "-").out().strip();
        assertThat(cid).isEqualTo(kubo.cli("add", "-Q", "--only-hash", base.resolve("text").toString()));
        assertThat(program.fine("cat", cid).out()).isEqualTo("a text");
        assertThat(program.fine("cat", "--offset", "2", "--length=3", "/ipfs/" + cid).out()).isEqualTo("tex");
    }

    @Test
    void what_is_added_is_listed_read_and_written_back() throws IOException {
        Path folder = folder();
        String root = program.fine("add", "-r", "-Q", folder.toString()).out().strip();
        assertThat(program.fine("ls", root).out().lines()).hasSize(3)
                .anySatisfy(line -> assertThat(line).endsWith(" 1300000 film"))
                .anySatisfy(line -> assertThat(line).endsWith(" - deep/"));
        assertThat(program.fine("ls", root + "/deep").out()).contains(" - link -> ../../../etc\n");
        JsonNode got = program.json("get", root, "--output", base.resolve("back").toString());
        assertThat(got.path("files").asInt()).isEqualTo(3);
        assertThat(got.path("symlinks").asInt()).isEqualTo(1);
        for (String file : List.of("film", "nothing", "deep/é %2F+ \"x\".txt")) {
            assertThat(base.resolve("back").resolve(file)).hasSameBinaryContentAs(folder.resolve(file));
        }
        assertThat(Files.readSymbolicLink(base.resolve("back/deep/link"))).isEqualTo(Path.of("../../../etc"));
        assertThat(base.resolve("back/deep/empty")).isEmptyDirectory();
        program.fine("get", root + "/film", "-o", base.resolve("one").toString());
        assertThat(base.resolve("one")).hasSameBinaryContentAs(folder.resolve("film"));
        Result there = program.run("get", root + "/nothing", "-o", base.resolve("one").toString());
        assertThat(there.code()).isEqualTo(IpfsExit.USAGE);
        program.fine("get", root + "/nothing", "-f", "-o", base.resolve("one").toString());
        assertThat(base.resolve("one")).isEmptyFile();
        assertThat(program.run("get", root + "/none", "-o", base.resolve("x").toString()).err())
                .startsWith("error: there is no none in " + root);
    }

    @Test
    void graphs_travel_as_car_files() throws IOException {
        String root = program.fine("add", "-r", "-Q", "--cid-version=1", folder().toString()).out().strip();
        Path car = base.resolve("films.car");
        assertThat(program.json("export", root, "-o", car.toString()).path("bytes").asLong())
                .isEqualTo(Files.size(car));
        kubo.cli("pin", "rm", root);
        JsonNode gc = program.json("gc");
        assertThat(gc.path("removed_blocks").asInt()).isPositive();
        JsonNode imported = program.json("import", car.toString());
        assertThat(imported.path("roots").path(0).path("cid").asString()).isEqualTo(root);
        assertThat(imported.path("blocks").asInt()).isEqualTo(12);
        assertThat(program.fine("pin", "ls").out()).contains(root + " recursive\n");
        assertThat(program.fine("pin", "ls", root).out()).isEqualTo(root + " recursive\n");
        assertThat(program.json("stat").path("recursive_pins").asInt()).isPositive();
        Result broken = program.run("import", base.resolve("films/film").toString());
        assertThat(broken.code()).isEqualTo(IpfsExit.FAILED);
        assertThat(broken.err()).startsWith("error: import: ");
    }

    @Test
    void damaged_blocks_are_named() throws IOException {
        try (KuboNode other = KuboNode.start(Map.of("/Addresses/API", "/unix" + sockets.resolve("t")))) {
            IpfsProgram its = new IpfsProgram(sockets.resolve("t"));
            String root = its.fine("add", "-r", "-Q", "--cid-version=1", folder().toString()).out().strip();
            assertThat(its.json("verify").path("ok").asBoolean()).isTrue();
            try (Stream<Path> files = Files.walk(other.repository().resolve("blocks"))) {
                Path block = files.filter(file -> file.toFile().length() == 262_144).findFirst().orElseThrow();
                byte[] bytes = Files.readAllBytes(block);
                bytes[9] ^= 1;
                Files.write(block, bytes);
            }
            Result verified = its.run("verify");
            assertThat(verified.code()).as(verified.err()).isEqualTo(IpfsExit.DAMAGED);
            assertThat(verified.out()).contains("bafkrei", " was corrupt", " blocks read: 1 are not sound");
            assertThat(root).startsWith("bafybei");
        } finally {
            Files.deleteIfExists(sockets.resolve("t"));
        }
    }
}
