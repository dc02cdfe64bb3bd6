package io.pinfold.cli.service.ipfs;

import io.pinfold.cli.TestConsole.Result;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multicodec;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The commands against a node that answers as it is told. */
class IpfsCommandsTest {

    private static final String FILE = "bafkreicysg23kiwv34eg2d7qweipxwosdo2py4ldv42nbauguluen5v6am";
    private static final String FOLDER = "bafybeigvkoezjco3qmwuogduptq5cluhq4bftzcoholwembidvc3toqsgq";

    /** The block of {@link #FILE}, by a CID of another codec. */
    private static final String FILE_OTHERWISE = Cid.parse(FILE)
            .map(cid -> Cid.v1(Multicodec.DAG_PB, cid.hash()).toString())
            .orElseThrow();

    @TempDir
    private Path base = Path.of("");

    private final CannedNode node = new CannedNode();
    private final IpfsProgram program = new IpfsProgram(node.socket());

    @AfterEach
    void close_node() {
        node.close();
    }

    private static String link(String name, int type, String more) {
        return "{\"Name\":\"" + name + "\",\"Hash\":\"" + FILE + "\",\"Size\":6,\"Type\":" + type + more + "}";
    }

    private static String listing(String... links) {
        return "{\"Objects\":[{\"Hash\":\"" + FOLDER + "\",\"Links\":[" + String.join(",", links) + "]}]}";
    }

    private void failed(Result result, int code, String... words) {
        assertThat(result.code()).as(result.err()).isEqualTo(code);
        assertThat(result.err()).startsWith("error");
        for (String word : words) {
            assertThat(result.err()).contains(word);
        }
    }

    @Test
    void a_folder_is_listed_one_entry_a_line() {
        node.lines("ls", listing(link("a b", 2, "")), listing(link("sub", 1, "")),
                listing(link("way", 4, ",\"Target\":\"../x\"")));
        assertThat(program.fine("ls", FOLDER + "//x/").out()).isEqualTo(
                FILE + " 6 a b\n" + FILE + " - sub/\n" + FILE + " - way -> ../x\n");
        assertThat(node.asked().getFirst().target()).isEqualTo("ls?arg=" + FOLDER + "%2Fx&stream=true");
        node.lines("ls", listing(link("a b", 2, "")));
        program.fine("ls", FOLDER);
        assertThat(program.json("ls", FOLDER).path("type").asString()).isEqualTo("file");
    }

    @Test
    void names_do_not_steer_the_terminal() {
        node.lines("ls", listing(link("\\u001b[2Jx\\u202e\\n", 2, "")));
        assertThat(program.fine("ls", FOLDER).out()).isEqualTo(FILE + " 6 ?[2Jx??\n");
    }

    @Test
    void errors_before_and_after_the_first_line_are_told_with_what_was_asked_for() {
        node.error("ls", "no link named x").late("ls", listing(link("a", 2, "")) + "\n", "it went away").cut("ls", "{");
        failed(program.run("ls", FOLDER + "/x"), IpfsExit.FAILED, "error: " + FOLDER + "/x: no link named x\n");
        Result late = program.run("ls", FOLDER);
        failed(late, IpfsExit.FAILED, "it went away");
        assertThat(late.out()).contains(" a\n");
        failed(program.run("ls", FOLDER), IpfsExit.FAILED, FOLDER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ls x", "cat " + FILE + "x", "get ..", "export x", "pin ls x", "add", "import none.car",
        "cat --offset=-1 " + FILE, "frobnicate", "pin", "add --cid-version x ."})
    void what_was_typed_wrongly_is_said_before_the_node_is_asked(String words) {
        failed(program.run(words.split(" ")), IpfsExit.USAGE);
        assertThat(node.asked()).isEmpty();
    }

    @Test
    void a_file_is_got_whole_or_not_at_all() throws IOException {
        Path out = base.resolve("out");
        node.bytes("block/get", new byte[]{1})
                .late("cat", "half", "lost")
                .cut("cat", "half")
                .bytes("cat", new byte[]{7});
        failed(program.run("get", FILE, "-o", out.toString()), IpfsExit.FAILED, FILE + ": lost");
        assertThat(base).isEmptyDirectory();
        failed(program.run("get", FILE, "-o", out.toString()), IpfsExit.FAILED, "broke off");
        assertThat(base).isEmptyDirectory();
        assertThat(program.fine("get", FILE, "-o", out.toString()).out()).contains("1 files");
        assertThat(out).hasBinaryContent(new byte[]{7});
        failed(program.run("get", FILE, "-o", out.toString()), IpfsExit.USAGE, "--force");
        program.fine("get", "--force", FILE, "-o", out.toString());
        failed(program.run("get", "--force", FILE, "-o", base.toString()), IpfsExit.USAGE, "is a folder");
        failed(program.run("get", FILE, "-o", base.resolve("no/out").toString()), IpfsExit.USAGE, "there is no folder");
    }

    /** A folder's block without links, as {@code Shape} reads it. */
    private CannedNode folder() {
        return node.bytes("block/get", new byte[]{0x0a, 2, 8, 1}).bytes("cat", new byte[]{7});
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "", "../evil", "/evil", "a/b", "a\\u0000b"})
    void names_that_lead_elsewhere_are_refused_and_nothing_stays(String name) {
        folder().lines("ls", listing(link("fine", 2, ""), link(name, 2, "")));
        failed(program.run("get", FOLDER, "-o", base.resolve("out").toString()), IpfsExit.FAILED,
                "that cannot be here");
        assertThat(base).isEmptyDirectory();
    }

    @Test
    void a_symbolic_link_is_never_followed() throws IOException {
        Path elsewhere = Files.createDirectory(base.resolve("elsewhere"));
        String way = link("way", 4, ",\"Target\":\"" + elsewhere + "\"");
        folder().lines("ls", listing(way, link("way", 1, "")))
                .lines("ls", listing(way, link("way", 2, "")))
                .lines("ls", listing(way));
        for (int i = 0; i < 2; i++) {
            failed(program.run("get", FOLDER, "-o", base.resolve("out").toString()), IpfsExit.FAILED,
                    "FileAlreadyExists");
            assertThat(elsewhere).isEmptyDirectory();
            assertThat(base.resolve("out")).doesNotExist();
        }
        program.fine("get", FOLDER, "-o", base.resolve("out").toString());
        assertThat(base.resolve("out/way")).isSymbolicLink();
    }

    @Test
    void permissions_and_times_are_kept_if_they_were_noted() throws IOException {
        folder().lines("ls", listing(
                link("a", 2, ",\"Mode\":420,\"ModTime\":\"2001-02-03T04:05:06Z\""), link("b", 2, ",\"Mode\":2541")));
        program.fine("get", FOLDER, "-o", base.resolve("out").toString());
        assertThat(Files.getLastModifiedTime(base.resolve("out/a")).toString()).isEqualTo("2001-02-03T04:05:06Z");
        assertThat(Files.getAttribute(base.resolve("out/b"), "unix:mode")).isEqualTo(0100755);
    }

    @Test
    void what_is_neither_file_nor_folder_is_said() {
        node.bytes("block/get", new byte[]{1, 2, 3});
        failed(program.run("get", FOLDER, "-o", base.resolve("out").toString()), IpfsExit.FAILED,
                "is no file or folder",
                "ipfs export");
    }

    @Test
    void files_are_added_as_parts_of_a_form() throws IOException {
        String path = base.resolve("films").toString();
        Path films = Files.createDirectories(base.resolve("films/in"));
        Files.writeString(films.resolve("a ü.txt"), "text");
        Files.writeString(films.resolve(".hidden"), "hush");
        Files.createSymbolicLink(films.resolve("way"), Path.of("../../x"));
        node.lines("add", "{\"Name\":\"films\",\"Bytes\":3}",
                "{\"Name\":\"films/in/a\",\"Hash\":\"" + FILE + "\",\"Size\":\"4\"}",
                "{\"Name\":\"films\",\"Hash\":\"" + FOLDER + "\",\"Size\":\"9\"}");
        assertThat(program.fine("add", "-r", path).out())
                .isEqualTo("added " + FILE + " films/in/a\nadded " + FOLDER + " films\n");
        assertThat(program.fine("add", "-r", "-Q", "-w", "--chunker=size-9", path).out()).isEqualTo(FOLDER + "\n");
        assertThat(node.asked().getLast().target()).isEqualTo("add?pin=true&wrap-with-directory=true&chunker=size-9");
        String body = node.asked().getFirst().body().replaceAll("--pinfold-[0-9a-f]+", "--X").replace("\r", "");
        assertThat(body).isEqualTo("""
                --X
                Content-Disposition: form-data; name="file"; filename="films"
                Content-Type: application/x-directory


                --X
                Content-Disposition: form-data; name="file"; filename="films%2Fin"
                Content-Type: application/x-directory


                --X
                Content-Disposition: form-data; name="file"; filename="films%2Fin%2Fa%20%C3%BC.txt"
                Content-Type: application/octet-stream

                text
                --X
                Content-Disposition: form-data; name="file"; filename="films%2Fin%2Fway"
                Content-Type: application/symlink

                ../../x
                --X--
                """);
        failed(program.run("add", path), IpfsExit.USAGE, "is a folder; -r adds it");
        failed(program.run("add", "-w", "-r", path, films.resolve("../../films").toString()), IpfsExit.USAGE,
                "are called films");
    }

    @Test
    void what_cannot_be_read_ends_the_request_before_its_end() throws IOException {
        Path folder = Files.createDirectory(node.socket().resolveSibling("d"));
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(folder.resolve("s")));
            failed(program.run("add", "-r", folder.toString()), IpfsExit.FAILED, "is neither a file, a folder",
                    "nothing was pinned");
        } finally {
            Files.delete(folder.resolve("s"));
            Files.delete(folder);
        }
        assertThat(node.asked()).as("a request that was read to its end").isEmpty();
    }

    @Test
    void a_command_ends_when_the_program_is_to_stop() throws IOException {
        List<NodeClient> clients = new CopyOnWriteArrayList<>();
        program.beforehand(clients::add);
        node.bytes("block/get", new byte[]{1})
                .hang("cat", () -> clients.getLast().stop())
                .hang("add", () -> clients.getLast().stop());
        Path file = Files.writeString(base.resolve("file"), "x");
        failed(program.run("add", file.toString()), IpfsExit.STOPPED, "stopped before it was done");
        failed(program.run("get", FILE, "-o", base.resolve("out").toString()), IpfsExit.STOPPED);
        assertThat(base).isDirectoryContaining(file::equals).isDirectoryNotContaining(it -> !it.equals(file));
        program.beforehand(NodeClient::stop);
        failed(program.run("stat"), IpfsExit.STOPPED);
    }

    @Test
    void a_car_file_is_whole_or_not_there() throws IOException {
        node.late("dag/export", "half", "a block is not here").bytes("dag/export", new byte[]{7, 8});
        Path car = base.resolve("x.car");
        failed(program.run("export", FOLDER, "-o", car.toString()), IpfsExit.FAILED, "a block is not here");
        assertThat(base).isEmptyDirectory();
        assertThat(program.json("export", FOLDER, "-o", car.toString()).path("bytes").asInt()).isEqualTo(2);
        assertThat(car).hasBinaryContent(new byte[]{7, 8});
        failed(program.run("export", FOLDER, "-o", car.toString()), IpfsExit.USAGE, "is there already");
        assertThat(program.fine("export", FOLDER).out()).hasSize(2);
        program.console().interactive();
        failed(program.run("export", FOLDER), IpfsExit.USAGE, "nothing for a terminal");
    }

    @Test
    void an_import_counts_and_names_roots_that_could_not_be_pinned() throws IOException {
        Path car = Files.writeString(base.resolve("x.car"), "car");
        String stats = "{\"Stats\":{\"BlockCount\":8,\"BlockBytesCount\":300381}}";
        node.lines("dag/import", "{\"Root\":{\"Cid\":{\"/\":\"" + FOLDER + "\"},\"PinErrorMsg\":\"\"}}", stats)
                .lines("dag/import", "{\"Root\":{\"Cid\":{\"/\":\"" + FOLDER + "\"},\"PinErrorMsg\":\"lost\"}}", stats);
        assertThat(program.fine("import", car.toString()).out())
                .isEqualTo("root " + FOLDER + "\n8 blocks, 300 kB\n");
        assertThat(node.asked().getFirst().target()).isEqualTo("dag/import?pin-roots=true&stats=true");
        Result failed = program.run("import", car.toString());
        failed(failed, IpfsExit.FAILED, "1 of 1 roots could not be pinned");
        assertThat(failed.out()).contains(FOLDER + " could not be pinned: lost\n");
    }

    @Test
    void a_collection_tells_what_it_freed() {
        node.lines("repo/stat", "{\"RepoSize\":5000000,\"StorageMax\":10000000,\"NumObjects\":9}")
                .lines("repo/stat", "{\"RepoSize\":2000000,\"StorageMax\":10000000,\"NumObjects\":8}")
                .lines("repo/gc", "{\"Key\":{\"/\":\"" + FILE + "\"}}");
        assertThat(program.fine("gc").out()).isEqualTo("1 blocks removed, 3.0 MB freed; 2.0 MB in 8 blocks stay\n");
        node.lines("pin/ls", "{\"Cid\":\"" + FOLDER + "\",\"Type\":\"recursive\"}", "{}").lines("pin/ls", "{}");
        assertThat(program.fine("stat").out()).isEqualTo(
                "used:   2.0 MB of 10 MB (ipfs.max_storage)\nblocks: 8\npins:   1 recursive, 0 direct\n");
    }

    @Test
    void pins_are_listed_with_their_names() {
        node.lines("pin/ls", "{\"Cid\":\"" + FOLDER + "\",\"Type\":\"recursive\",\"Name\":\"films\"}");
        assertThat(program.fine("pin", "ls").out()).isEqualTo(FOLDER + " recursive films\n");
        assertThat(node.asked().getLast().target()).isEqualTo("pin/ls?stream=true&names=true&type=recursive");
        assertThat(program.json("pin", "ls", "--type=direct", FOLDER).path("name").asString()).isEqualTo("films");
        assertThat(node.asked().getLast().target()).endsWith("&type=direct&arg=" + FOLDER);
    }

    @Test
    void a_verification_names_what_is_not_sound() {
        node.lines("repo/stat", "{\"NumObjects\":3}")
                .late("repo/verify",
                        "{\"Msg\":\"\",\"Progress\":2}\n{\"Msg\":\"block " + FILE
                                + " was corrupt (bad hash)\"}\n{\"Msg\":\"block " + FILE_OTHERWISE
                                + " is pinned and missing\"}\n",
                        "verify complete, 1 blocks corrupt")
                .lines("repo/verify", "{\"Msg\":\"\",\"Progress\":3}",
                        "{\"Msg\":\"verify complete, all blocks validated.\"}")
                .error("repo/verify", "no");
        Result damaged = program.run("verify");
        failed(damaged, IpfsExit.DAMAGED, "1 blocks are damaged or missing", "cluster-ctl recover");
        assertThat(damaged.out()).isEqualTo(FILE + " was corrupt (bad hash)\n2 blocks read: 1 are not sound\n");
        assertThat(program.fine("verify").out()).isEqualTo("3 blocks read: all are sound\n");
        failed(program.run("verify"), IpfsExit.FAILED, "error: verify: no");
    }
}
