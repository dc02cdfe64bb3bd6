package io.pinfold.cli.ctl;

import io.pinfold.api.Samples;
import io.pinfold.cli.TestConsole.Result;
import io.pinfold.follower.view.AddRequest;
import io.pinfold.follower.view.AddRequest.Goal;
import io.pinfold.follower.view.AddRequest.Layout;
import io.pinfold.follower.view.Failure;
import io.pinfold.follower.view.Replication;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multicodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code add} against a REST API that takes every file as one block. */
class CtlAddTest extends CtlFixture {

    @TempDir
    Path folder;

    @BeforeEach
    void files() throws IOException {
        Files.createDirectories(folder.resolve("tree/sub"));
        Files.writeString(folder.resolve("hello.txt"), "hello");
        Files.writeString(folder.resolve("tree/ü +%.txt"), "one");
        Files.writeString(folder.resolve("tree/sub/two"), "two");
        Files.writeString(folder.resolve("tree/.hidden"), "three");
        Files.createSymbolicLink(folder.resolve("tree/link"), Path.of("sub/two"));
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private static String cid(String text) {
        return Cid.raw(Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8))).toString();
    }

    @Test
    void a_file_is_added_and_told() {
        assertThat(text("add", path("hello.txt"))).isEqualTo("added " + cid("hello") + " hello.txt\n");
        assertThat(text("add", "-q", path("hello.txt"))).isEqualTo(cid("hello") + "\n");
        assertThat(text("add", "-Q", path("hello.txt"))).isEqualTo(cid("hello") + "\n");
        assertThat(text("add", "--no-stream", path("hello.txt"))).isEqualTo("added " + cid("hello") + " hello.txt\n");
        assertThat(text("add", "--no-stream", "-Q", path("hello.txt"))).isEqualTo(cid("hello") + "\n");
        AddRequest request = peer.adding.requests.getFirst();
        assertThat(request.layout()).isEqualTo(Layout.DEFAULT);
        assertThat(request.wrap()).isFalse();
        assertThat(((Goal.Cluster) request.goal()).options().replication()).isEqualTo(Replication.DEFAULT);
    }

    @Test
    void json_is_what_the_api_says() {
        assertThat(text("--enc", "json", "add", path("hello.txt")))
                .startsWith("{\n    \"name\": \"hello.txt\",\n    \"cid\": \"" + cid("hello"));
        assertThat(text("--enc", "json", "add", "--no-stream", path("hello.txt"))).startsWith("[\n").endsWith("]\n");
    }

    @Test
    void a_folder_is_added_with_what_is_in_it() {
        text("add", "-r", path("tree"));
        assertThat(peer.adding.files).containsExactlyInAnyOrder("tree/ü +%.txt=one", "tree/sub/two=two");
        peer.adding.files.clear();
        text("add", "-r", "-H", path("tree"));
        assertThat(peer.adding.files).containsExactlyInAnyOrder("tree/ü +%.txt=one", "tree/sub/two=two",
                "tree/.hidden=three");
    }

    @Test
    void several_are_wrapped_and_standard_input_has_no_name() {
        terminal.typed("typed");
        text("add", path("hello.txt"), "-");
        assertThat(peer.adding.requests.getLast().wrap()).isTrue();
        assertThat(peer.adding.files).containsExactly("hello.txt=hello", "=typed");
        text("add", "-w", path("hello.txt"));
        assertThat(peer.adding.requests.getLast().wrap()).isTrue();
    }

    @Test
    void every_option_is_passed_on() {
        text("add", "--chunker", "size-1000", "--cid-version", "1", "--raw-leaves=false", "--hash", "blake3",
                "--layout",
                "balanced", "--local", "-n", "a b", "--rmin", "1", "--rmax", "2", "--allocs", Samples.PEER_1.toString(),
                "--expire-in", "1h", "--metadata", "k=v", "--mode", "recursive", path("hello.txt"));
        AddRequest request = peer.adding.requests.getFirst();
        assertThat(request.layout()).isEqualTo(new Layout(1, Multicodec.BLAKE3, 1000, false));
        Goal.Cluster goal = (Goal.Cluster) request.goal();
        assertThat(goal.options().name()).isEqualTo("a b");
        assertThat(goal.options().replication()).isEqualTo(Replication.between(1, 2));
        assertThat(goal.options().userAllocations()).containsExactly(Samples.PEER_1);
        assertThat(goal.options().metadata()).containsEntry("k", "v");
        assertThat(goal.options().expireAt()).contains(Samples.NOW.plusSeconds(3600));
        text("add", "--raw-leaves", "--no-pin", path("hello.txt"));
        assertThat(peer.adding.requests.getLast().layout().rawLeaves()).isTrue();
        assertThat(peer.adding.requests.getLast().goal()).isEqualTo(new Goal.Nothing());
        text("add", "--format", "car", path("hello.txt"));
    }

    @Test
    void big_files_stream_and_a_bar_is_shown_on_a_terminal() throws IOException {
        Files.write(folder.resolve("big"), new byte[5_000_000]);
        terminal.realTime();
        assertThat(ctl("add", "-Q", path("big")).err()).isEmpty();
        Result result = terminal.interactive()
                .run(CtlMain::run, "--host", server.server().addresses().get(0).toString(), "add",
                        "-Q", path("big"));
        assertThat(result.code()).isZero();
        assertThat(peer.adding.files).hasSize(2);
    }

    @Test
    void waits_until_it_is_pinned() {
        peer.pinset.put(Cid.parse(cid("hello")).orElseThrow(), Samples.pin(Cid.parse(cid("hello")).orElseThrow(), "x"));
        assertThat(text("add", "--wait", path("hello.txt")))
                .startsWith("added " + cid("hello") + " hello.txt\n" + cid("hello"));
        assertThat(text("add", "--wait", "-Q", path("hello.txt"))).isEqualTo(cid("hello") + "\n");
    }

    @ParameterizedTest
    @CsvSource({"tree,-r adds it", "nothing,there is no", "http://x/y,fetch it yourself"})
    void what_cannot_be_sent_is_told_before_anything_is(String name, String advice) {
        Result result = ctl("add", name.startsWith("http") ? name : path(name));
        assertThat(result.code()).isEqualTo(ExitCode.LOCAL);
        assertThat(result.err()).startsWith("error: ").contains(name, advice);
        assertThat(peer.adding.requests).isEmpty();
    }

    @Test
    void arguments_that_do_not_go_together_are_refused() {
        assertThat(ctl("add", "--wait", "--no-pin", path("hello.txt")).err()).contains("nothing to wait for");
        assertThat(ctl("add", "--format", "car", path("hello.txt"), path("hello.txt")).err()).contains("one PATH");
        assertThat(ctl("add", "--format", "car", "-r", path("tree")).err()).contains("is a folder");
        assertThat(ctl("add", path("hello.txt"), path("hello.txt")).err()).contains("two of these");
        assertThat(ctl("add", "-", "-").err()).contains("only once");
        assertThat(ctl("add", "--mode", "x", path("hello.txt")).err()).contains("recursive or direct");
        assertThat(ctl("add").code()).isEqualTo(ExitCode.LOCAL);
        assertThat(peer.adding.requests).isEmpty();
    }

    /** A file that goes away, or may not be read, after others were sent: no half of it counts. */
    @Test
    void a_file_that_cannot_be_read_ends_the_upload() throws IOException {
        Files.delete(folder.resolve("tree/link"));
        Path socket = folder.resolve("tree/sub/zzz");
        try (var listening = java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
            listening.bind(java.net.UnixDomainSocketAddress.of(socket));
            Result result = ctl("add", "-r", path("tree"));
            assertThat(result.code()).isEqualTo(ExitCode.LOCAL);
            assertThat(result.err()).contains("error: ", "zzz is neither a file");
        }
    }

    @Test
    void refusals_of_the_api_are_told() {
        Result bad = ctl("add", "--layout", "trickle", path("hello.txt"));
        assertThat(bad.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(bad.out()).contains("Code: 400", "layout", "balanced");
        peer.adding.hindrance = Optional.of(new Failure.NotAWriter(Failure.NotAWriter.Why.KEY_NOT_TRUSTED));
        Result refused = ctl("add", path("hello.txt"));
        assertThat(refused.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(refused.out()).contains("Code: 403", "trusted");
        peer.adding.hindrance = Optional.empty();
        peer.adding.failure = Optional.of(new Failure.NotStored("over_budget"));
        Result full = ctl("add", path("hello.txt"));
        assertThat(full.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(full.out()).contains("Code: 500", "over_budget");
        assertThat(terminal.run(CtlMain::run, "--host", "/ip4/127.0.0.1/tcp/1", "add", path("hello.txt")).code())
                .isEqualTo(ExitCode.LOCAL);
    }
}
