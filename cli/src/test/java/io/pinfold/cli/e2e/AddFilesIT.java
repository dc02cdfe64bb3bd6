package io.pinfold.cli.e2e;

import io.pinfold.testkit.KuboNode;
import io.pinfold.testkit.ProcessRunner;
import io.pinfold.testkit.Resources;
import io.pinfold.testkit.programs.PeerProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Files come into the cluster through its API: no other program is needed to share them. */
class AddFilesIT {

    private static final String EMBEDDED = "ipfs://__context";
    private static final int HALF_AN_UPLOAD = 24 << 20;

    @RegisterExtension
    final Resources resources = new Resources();

    @TempDir
    private Path base = Path.of("");

    @Test
    void a_folder_that_an_operator_adds_is_pinned_by_a_volunteer_who_cannot_add_himself() throws IOException {
        PeerProcess operator = resources.add(PeerProcess.founder(base, EMBEDDED));
        operator.start();
        PeerProcess volunteer = resources.add(PeerProcess.follower(base, "volunteer", template(operator), EMBEDDED));
        volunteer.start();
        String folder = Films.in(base).toString();

        interruptedUploadLeavesNothing(operator);
        String root = operator.ctl("add", "-r", "-Q", "--name", "films", "--wait", folder).orElseThrow();
        assertThat(operator.api().json("/allocations/" + root).path("name").asString()).isEqualTo("films");
        Eventually.holds(() -> assertThat(volunteer.api().json("/pins/" + root + "?local=true").toString())
                .contains("\"status\":\"pinned\""));
        assertThat(volunteer.service("ipfs", "cat", root + "/deep/note.txt").orElseThrow()).isEqualTo("a note");

        ProcessRunner.Result refused = volunteer.ctl("add", "-r", folder);
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.out()).contains("Code: 403", "trusted");

        Path car = base.resolve("films.car");
        volunteer.service("ipfs", "export", "-o", car.toString(), root).orElseThrow();
        assertThat(operator.ctl("add", "--format", "car", "-Q", car.toString()).orElseThrow()).isEqualTo(root);

        KuboNode kubo = resources.add(KuboNode.start());
        assertThat(kubo.cli("add", "-r", "-Q", "--pin=false", folder)).as("the root that Kubo makes").isEqualTo(root);
    }

    @Test
    void at_a_kubo_node_the_root_is_the_same_and_the_blocks_are_there() throws IOException {
        KuboNode kubo = resources.add(KuboNode.start());
        PeerProcess operator = resources.add(PeerProcess.founder(base, "ipfs://" + kubo.apiHostPort()));
        operator.start();
        String folder = Films.in(base).toString();
        String root = operator.ctl("add", "-r", "-Q", "--cid-version", "1", folder).orElseThrow();
        assertThat(kubo.cli("pin", "ls", "--type=recursive", "--names", root)).contains(root, "pinfold/");
        kubo.cli("repo", "gc", "--silent");
        assertThat(kubo.cli("cat", "--offline", "/ipfs/" + root + "/deep/note.txt")).isEqualTo("a note");
        assertThat(kubo.cli("add", "-r", "-Q", "--pin=false", "--cid-version=1", folder)).isEqualTo(root);
    }

    @Test
    void what_is_over_the_budget_is_refused_and_goes() throws IOException {
        PeerProcess operator = resources.add(PeerProcess.founder(base, EMBEDDED, "--set", "ipfs.max_storage=20MiB"));
        operator.start();
        long before = used(operator);
        byte[] content = new byte[40 << 20];
        new SplittableRandom(1).nextBytes(content);
        String big = Files.write(base.resolve("big"), content).toString();
        ProcessRunner.Result refused = operator.ctl("add", big);
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.out()).contains("over_budget", "ipfs.max_storage").doesNotContain("added");
        Eventually.holds(() -> assertThat(used(operator)).isEqualTo(before));
        assertThat(operator.ctl("add", Films.in(base) + "/film.txt").exit()).isZero();
    }

    private static void interruptedUploadLeavesNothing(PeerProcess operator) throws IOException {
        long before = used(operator);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), operator.apiPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(String.join("\r\n", "POST /add HTTP/1.1", "Host: 127.0.0.1", "Content-Length: 1000000000",
                    "Content-Type: multipart/form-data; boundary=b", "", "--b",
                    "Content-Disposition: form-data; name=\"file\"; filename=\"big\"", "", "")
                    .getBytes(StandardCharsets.US_ASCII));
            byte[] some = new byte[1 << 20];
            for (int sent = 0; sent < HALF_AN_UPLOAD; sent += some.length) {
                some[0]++;
                out.write(some);
            }
            out.flush();
            Eventually.holds(() -> assertThat(used(operator)).as("bytes here within an upload")
                    .isGreaterThan(before + 1_000_000));
        }
        Eventually.holds(() -> assertThat(used(operator)).as("bytes here after it was given up").isEqualTo(before));
        assertThat(operator.ctl("pin", "ls").orElseThrow()).isEmpty();
        assertThat(operator.service("ipfs", "pin", "ls").orElseThrow()).isEmpty();
    }

    private static long used(PeerProcess peer) {
        return new JsonMapper().readTree(peer.service("ipfs", "stat", "--enc", "json").orElseThrow())
                .path("used_bytes")
                .asLong();
    }

    private String template(PeerProcess operator) throws IOException {
        return Files.writeString(base.resolve("template.json"), operator.service("template", "show").orElseThrow())
                .toString();
    }
}
