package io.pinfold.cli.service;

import io.pinfold.cli.TestConsole;
import io.pinfold.cli.TestConsole.Result;
import io.pinfold.cli.service.daemon.DaemonRunner;
import io.pinfold.cli.service.daemon.StopSignal;
import io.pinfold.follower.config.folder.ConfigFolder;
import io.pinfold.follower.config.folder.FolderResult;
import io.pinfold.follower.config.folder.LockResult;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code state} on the folder {@code a} of a cluster that trusts it alone, and {@code b}, a follower's. */
class StateCommandTest {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path base = Path.of("");

    private final TestConsole console = new TestConsole().realTime();

    private Result service(String folder, String... words) {
        List<String> all = new ArrayList<>(List.of("--config", base.resolve(folder).toString()));
        all.addAll(Arrays.asList(words));
        return console.run((on, args) -> Service.run(on, _ -> new DaemonRunner.Start.Unusable("no daemon here"),
                StopSignal.byHand(), args), all.toArray(String[]::new));
    }

    private Result fine(String folder, String... words) {
        Result result = service(folder, words);
        assertThat(result.code()).as(result.err()).isZero();
        return result;
    }

    private JsonNode json(String folder, String... words) {
        List<String> all = new ArrayList<>(List.of("--enc", "json"));
        all.addAll(Arrays.asList(words));
        return JSON.readTree(fine(folder, all.toArray(String[]::new)).out());
    }

    private String file(String... lines) throws IOException {
        return Files.writeString(base.resolve("pins.json"), String.join("\n", lines)).toString();
    }

    private static String pin(int number, String more) {
        Cid cid = Cid.raw(Bytes.copyOf(("content " + number).getBytes(StandardCharsets.UTF_8)));
        return "{\"cid\":\"" + cid + "\"" + more + "}";
    }

    private static String[] pins(int count) {
        return IntStream.range(0, count).mapToObj(i -> pin(i, ",\"name\":\"n" + i + "\"")).toArray(String[]::new);
    }

    @BeforeEach
    void init() throws IOException {
        fine("a", "init", "--name", "films", "--pinning", "ipfs://127.0.0.1:9");
        Path template = Files.writeString(base.resolve("t.json"), fine("a", "template", "show").out());
        fine("b", "init", "--template", template.toString(), "--pinning", "ipfs://127.0.0.1:9");
    }

    @Test
    void what_was_imported_is_exported_verified_and_rebuilt() throws IOException {
        String file = file(pins(1_500));
        Result imported = fine("a", "state", "import", "--yes", file);
        assertThat(imported.out()).contains("1500 pins imported: 1500 new", "the chain is at height ");
        Path out = base.resolve("out.json");
        assertThat(fine("a", "state", "export", "--file", out.toString()).out())
                .isEqualTo("1500 pins written to " + out + "\n");
        List<String> lines = Files.readAllLines(out);
        assertThat(lines).hasSize(1_500);
        assertThat(fine("a", "state", "export").out()).isEqualTo(Files.readString(out));
        assertThat(lines).anySatisfy(line -> assertThat(line).contains("\"name\":\"n1499\""));
        JsonNode verified = json("a", "state", "verify");
        assertThat(verified.path("ok").asBoolean()).isTrue();
        assertThat(verified.path("pins").asInt()).isEqualTo(1_500);
        assertThat(fine("a", "state", "rebuild").out()).contains("pins:   1500\nresult: the state was built anew\n");
        assertThat(fine("a", "state", "verify").out()).contains("result: the state is what the chain says\n");
        assertThat(fine("a", "state", "export").out()).as("after the rebuild").isEqualTo(Files.readString(out));
        JsonNode again = json("a", "state", "import", "--yes", out.toString());
        assertThat(again.path("imported").asInt()).isZero();
        assertThat(again.path("unchanged").asInt()).isEqualTo(1_500);
    }

    @Test
    void without_a_file_standard_input_is_imported_and_leaves_nothing_behind() throws IOException {
        console.typed(String.join("\n", pins(2)));
        assertThat(service("a", "state", "import").err()).contains("--yes imports without asking");
        console.typed(String.join("\n", pins(2)));
        assertThat(json("a", "state", "import", "--force", "-").path("new").asInt()).isEqualTo(2);
        console.typed("{");
        assertThat(service("a", "state", "import", "-y").err()).contains("line 1 of standard input");
        try (var left = Files.list(base.resolve("a"))) {
            assertThat(left).noneMatch(path -> path.getFileName().toString().startsWith("import"));
        }
        console.interactive();
        assertThat(service("a", "state", "import").err()).as("nothing is piped in").contains("name the FILE");
    }

    @Test
    void an_import_changes_what_is_there_and_passes_over_what_has_expired() throws IOException {
        fine("a", "state", "import", "-y", file(pins(3)));
        JsonNode result = json("a", "state", "import", "-y", "--rmin", "1", "--rmax", "2",
                file(pin(0, ",\"name\":\"other\""), "", pin(9, ",\"expire_at\":\"2020-01-01T00:00:00Z\"")));
        assertThat(result.path("changed").asInt()).isEqualTo(1);
        assertThat(result.path("expired").asInt()).isEqualTo(1);
        assertThat(fine("a", "state", "export").out().lines())
                .filteredOn(line -> line.contains("\"name\":\"other\""))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("\"replication_factor_min\":1",
                        "\"replication_factor_max\":2"));
    }

    /** A key signs only once a peer has answered, unless it never knew one or is told that it is alone. */
    @Test
    void an_import_of_a_peer_that_knows_others_waits_for_them_unless_it_is_alone() throws IOException {
        Files.createFile(base.resolve("a/peers"));
        JsonNode waiting = json("a", "state", "import", "--yes", file(pins(2)));
        assertThat(waiting.path("imported").asInt()).isEqualTo(2);
        assertThat(waiting.path("waiting").asInt()).isEqualTo(2);
        assertThat(waiting.path("height").asInt()).isZero();
        JsonNode alone = json("a", "state", "import", "--yes", "--alone", file(pins(3)));
        assertThat(alone.path("unchanged").asInt()).as("pins that wait count as there").isEqualTo(2);
        assertThat(alone.path("waiting").asInt()).isZero();
        assertThat(fine("a", "state", "export").out().lines()).hasSize(3);
    }

    @Test
    void an_import_asks_first() throws IOException {
        String file = file(pins(2));
        Result nobody = service("a", "state", "import", file);
        assertThat(nobody.code()).isEqualTo(ServiceExit.USAGE);
        assertThat(nobody.err()).contains("--yes");
        console.interactive().typed("no\n");
        Result refused = service("a", "state", "import", file);
        assertThat(refused.code()).isEqualTo(ServiceExit.FAILED);
        assertThat(refused.err()).contains("has 2 pins: 2 new", "nothing was imported");
        console.typed("y\n");
        assertThat(fine("a", "state", "import", file).out()).contains("2 pins imported");
    }

    @Test
    void a_follower_may_export_and_not_import() throws IOException {
        Result refused = service("b", "state", "import", "--yes", file(pins(1)));
        assertThat(refused.code()).isEqualTo(ServiceExit.NOT_TRUSTED);
        assertThat(refused.err()).contains("is not among those that the cluster films trusts");
        assertThat(fine("b", "state", "export").out()).isEmpty();
        assertThat(fine("b", "state", "verify").out()).contains("blocks: 0\npins:   0\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"cid\":\"Qm\"}", "{\"cid\":", "not json", "[1]", "{\"cid\":null}",
        "{\"cid\":\"bafkqaaa\",\"replication_factor_min\":5,\"replication_factor_max\":2}",
        "{\"cid\":\"bafkqaaa\",\"metadata\":{\"a\":{}}}"})
    void a_broken_line_is_named_and_nothing_is_imported(String line) throws IOException {
        Result refused = service("a", "state", "import", "--yes", file(pin(1, ""), "", line, pin(2, "")));
        assertThat(refused.code()).isEqualTo(ServiceExit.FAILED);
        assertThat(refused.err()).contains("error: line 3 of ", "nothing was imported");
        assertThat(fine("a", "state", "export").out()).isEmpty();
    }

    @Test
    void an_object_may_have_several_lines_or_share_one() throws IOException {
        String file = file(pin(1, ",\n \"name\": \"a }\\\" {\",\n\t\"metadata\": {\n\"k\": \"v\"}\n"), "",
                pin(2, "") + " " + pin(3, ""), "\r");
        assertThat(json("a", "state", "import", "--yes", file).path("imported").asInt()).isEqualTo(3);
        assertThat(fine("a", "state", "export").out()).contains("a }\\\" {", "\"k\":\"v\"");
        Result refused = service("a", "state", "import", "--yes",
                file(pin(1, ",\n\"x\":1\n"), "{\"cid\":", pin(2, "")));
        assertThat(refused.err()).contains("error: line 4 of ");
    }

    @Test
    void a_huge_line_is_refused_without_being_read_whole() throws IOException {
        Path file = base.resolve("huge.json");
        try (var out = Files.newBufferedWriter(file)) {
            out.write("{\"cid\":\"");
            for (int i = 0; i < 16_384; i++) {
                out.write("x".repeat(4096));
            }
        }
        Result refused = service("a", "state", "import", "--yes", file.toString());
        assertThat(refused.code()).isEqualTo(ServiceExit.FAILED);
        assertThat(refused.err()).contains("line 1 of ", "more than 262144 bytes");
    }

    @Test
    void a_file_that_is_not_there_is_said() {
        Result refused = service("a", "state", "import", "--yes", base.resolve("none").toString());
        assertThat(refused.code()).isEqualTo(ServiceExit.USAGE);
        assertThat(refused.err()).contains("there is no file ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"export", "import --yes x", "verify", "rebuild"})
    void a_folder_in_use_is_left_alone(String words) {
        assertThat(ConfigFolder.open(base.resolve("a"))).isInstanceOfSatisfying(FolderResult.Opened.class, opened -> {
            try (var _ = ((LockResult.Locked) opened.folder().lock()).lock()) {
                List<String> all = new ArrayList<>(List.of("state"));
                all.addAll(Arrays.asList(words.split(" ")));
                Result refused = service("a", all.toArray(String[]::new));
                assertThat(refused.code()).isEqualTo(ServiceExit.FOLDER_IN_USE);
                assertThat(refused.err()).contains("is in use by another cluster-service");
            }
        });
    }

    @Test
    void a_damaged_chain_ends_with_a_code_of_its_own_and_names_the_block() throws IOException {
        fine("a", "state", "import", "--yes", file(pins(1)));
        Path segment;
        try (var files = Files.list(base.resolve("a/chain"))) {
            segment = files.filter(file -> file.toString().contains("0001")).findFirst().orElseThrow();
        }
        byte[] content = Files.readAllBytes(segment);
        content[200] ^= 1;
        Files.write(segment, content);
        Result verified = service("a", "--enc", "json", "state", "verify");
        assertThat(verified.code()).as(verified.out()).isEqualTo(ServiceExit.STATE_DIFFERS);
        assertThat(JSON.readTree(verified.out()).path("flaws").path(0).path("height").asInt()).isEqualTo(1);
        assertThat(service("a", "state", "rebuild").code()).isEqualTo(ServiceExit.STATE_DIFFERS);
        Result exported = service("a", "state", "export");
        assertThat(exported.code()).isEqualTo(ServiceExit.STATE_DIFFERS);
        assertThat(exported.err()).contains("this is the pinset at height 0 of 1");
    }
}
