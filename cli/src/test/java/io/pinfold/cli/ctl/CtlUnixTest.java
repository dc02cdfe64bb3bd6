package io.pinfold.cli.ctl;

import io.pinfold.api.FakePeer;
import io.pinfold.api.Samples;
import io.pinfold.api.TestServer;
import io.pinfold.api.http.Cors;
import io.pinfold.api.http.HttpConfig;
import io.pinfold.api.http.ListenAddress;
import io.pinfold.api.rest.RestApi;
import io.pinfold.cli.TestConsole;
import io.pinfold.cli.TestConsole.Result;
import io.pinfold.follower.view.Failure;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The whole program over a socket of the file system. */
class CtlUnixTest {

    private final FakePeer peer = new FakePeer();
    private final TestConsole terminal = new TestConsole();
    private Path folder = Path.of("");
    private Path socket = Path.of("");

    @BeforeEach
    void make_folder() throws IOException {
        folder = Files.createTempDirectory("pf"); // JUnit's folders may be longer than a socket's path can be
        socket = folder.resolve("api");
        peer.pinset.put(Samples.CID_1, Samples.pin(Samples.CID_1, "one"));
    }

    @AfterEach
    void remove_folder() throws IOException {
        Files.deleteIfExists(socket);
        Files.delete(folder);
    }

    private TestServer serve(Map<String, String> credentials) {
        return TestServer.of(new HttpConfig(List.of(ListenAddress.parse("/unix" + socket).orElseThrow()), credentials,
                Cors.NONE, Map.of(), HttpConfig.Limits.DEFAULT), RestApi.routes(peer, () -> Samples.NOW));
    }

    private Result ctl(String... args) {
        List<String> all = new ArrayList<>(List.of("--host", "unix:" + socket));
        all.addAll(Arrays.asList(args));
        return terminal.run(CtlMain::run, all.toArray(String[]::new));
    }

    @Test
    void commands_work_as_over_tcp() {
        try (TestServer _ = serve(Map.of())) {
            assertThat(ctl("version").out()).isEqualTo("0.1.0\n");
            assertThat(ctl("pin", "ls").out()).contains(" | one | PIN | ");
            assertThat(ctl("pin", "add", "--no-status", "--name", "x y", Samples.CID_2.toString()).out())
                    .contains(" | x y | PIN | ");
            assertThat(ctl("pin", "rm", "--no-status", Samples.CID_2.toString()).code()).isZero();
            assertThat(peer.pinset).containsOnlyKeys(Samples.CID_1);
            assertThat(ctl("pin", "ls", Samples.CID_2.toString()).out()).contains("Code: 404");
            peer.pinset.clear();
            assertThat(ctl("pin", "ls")).isEqualTo(new Result(0, "", ""));
        }
        assertThat(socket).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unix:%s", "unix://%s", "/unix%s", "/ip4/127.0.0.1/tcp/9,unix:%s"})
    void the_socket_may_be_written_so(String form) {
        try (TestServer _ = serve(Map.of())) {
            Result result = terminal.run(CtlMain::run, "--host", form.formatted(socket), "version");
            assertThat(result).isEqualTo(new Result(0, "0.1.0\n", ""));
        }
    }

    @Test
    void a_list_that_breaks_is_an_error_told_in_the_trailer() {
        try (TestServer _ = serve(Map.of())) {
            peer.pinset.put(Samples.CID_2, Samples.pin(Samples.CID_2, "two"));
            peer.failure = Optional.of(new Failure.NotReady("it stops"));
            peer.itemsBeforeFailure = 1;
            Result broken = ctl("pin", "ls");
            assertThat(broken.code()).isEqualTo(ExitCode.REFUSED);
            assertThat(broken.out()).contains(" | PIN | ", "An error occurred:");
        }
    }

    @Test
    void credentials_go_without_tls_since_nobody_else_hears_them() {
        try (TestServer _ = serve(Map.of("ann", "s3cret"))) {
            assertThat(ctl("version").out()).contains("Code: 401");
            terminal.set("PINFOLD_CREDENTIALS", "ann:s3cret");
            assertThat(ctl("version").out()).isEqualTo("0.1.0\n");
        }
    }

    @Test
    void nobody_there_is_one_sentence() throws IOException {
        Result nobody = ctl("version");
        assertThat(nobody.code()).isEqualTo(ExitCode.LOCAL);
        assertThat(nobody.err()).startsWith("error: nothing answers at unix:" + socket).hasLineCount(1);
        Files.createFile(socket);
        assertThat(ctl("version").err()).startsWith("error: nothing answers at unix:").hasLineCount(1);
        assertThat(terminal.run(CtlMain::run, "--host", "unix:/" + "x".repeat(200), "version").err())
                .startsWith("error: ")
                .hasLineCount(1);
        for (String bad : List.of("unix:", "/unix/", "unix:/")) {
            assertThat(terminal.run(CtlMain::run, "--host", bad, "version").code()).isEqualTo(ExitCode.LOCAL);
        }
    }

    @Test
    void a_server_that_says_nothing_is_given_up() throws IOException {
        try (ServerSocketChannel silent = listen()) {
            assertThat(silent.isOpen()).isTrue();
            assertThat(ctl("--timeout", "200ms", "version").err()).contains("no answer from unix:", "within 0.2 s");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1", "nonsense\r\n\r\n", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 2x0 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nnocolon\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\n{}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}x\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n", "LONG", "MANY"})
    void a_broken_answer_is_one_sentence_and_no_memory(String answer) throws Exception {
        String sent = switch (answer) {
            case "LONG" -> "HTTP/1.1 200 OK\r\nx: " + "y".repeat(1 << 20);
            case "MANY" -> "HTTP/1.1 200 OK\r\n" + "x: y\r\n".repeat(10_000) + "\r\n";
            default -> answer;
        };
        try (ServerSocketChannel server = listen()) {
            Thread answering = Thread.ofVirtual().start(() -> answer(server, sent));
            Result broken = ctl("version");
            assertThat(broken.code()).as(answer).isEqualTo(ExitCode.LOCAL);
            assertThat(broken.err()).startsWith("error: ").hasLineCount(1);
            answering.join();
        }
    }

    private ServerSocketChannel listen() throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        return server;
    }

    private static void answer(ServerSocketChannel server, String text) {
        try (SocketChannel client = server.accept()) {
            client.read(ByteBuffer.allocate(4096));
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
            while (bytes.hasRemaining()) {
                client.write(bytes);
            }
        } catch (IOException _) {
            // the client has enough
        }
    }
}
