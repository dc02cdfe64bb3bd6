package io.pinfold.cli.e2e;

import io.pinfold.testkit.ChildProcess;
import io.pinfold.testkit.KuboNode;
import io.pinfold.testkit.ProcessRunner;
import io.pinfold.testkit.Resources;
import io.pinfold.testkit.programs.Distribution;
import io.pinfold.testkit.programs.PeerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A volunteer follows a cluster with {@code cluster-follow}, looks at it, stops, and goes on. */
class FollowProgramIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    final Resources resources = new Resources();

    @TempDir
    private Path base = Path.of("");

    private final Distribution programs = Distribution.built();

    @Test
    void a_volunteer_follows_a_cluster_by_name() throws IOException {
        KuboNode node = resources.add(KuboNode.start());
        PeerProcess operator = resources.add(PeerProcess.founder(base, PeerProcess.NO_NODE));
        operator.start();
        String template = Files
                .writeString(base.resolve("template.json"), operator.service("template", "show").orElseThrow())
                .toString();
        String cluster = operator.id().path("cluster_id").asString();

        assertThat(follow().orElseThrow()).contains("No cluster is followed yet", "cluster-follow NAME init");
        fails(follow("films", "run"), 5, "cluster-follow films init");
        fails(follow("no/name", "info"), 2, "name");
        fails(follow("init", template), 2, "name");
        fails(follow("films", "init", base.resolve("none").toString()), 8, "none");
        assertThat(follow("films", "init", template, "--pinning", "ipfs://" + node.apiHostPort(), "--expect-cluster",
                cluster).orElseThrow())
                .contains("Cluster:      films", cluster, operator.id().path("id").asString(),
                        "cluster-follow films run");
        fails(follow("films", "init", template), 3, "films is followed already");
        assertThat(follow().orElseThrow().lines()).endsWith("films");
        fails(follow("films", "list"), 1, "cluster-follow films run");

        ChildProcess peer = run();
        String cid = Cids.identity("a film");
        operator.ctl("pin", "add", "--no-status", "--name", "a film", cid).orElseThrow();
        Eventually.holds(() -> assertThat(follow("films", "list").orElseThrow())
                .matches("pinned +" + cid + " a film"));
        assertThat(node.tryCli("pin", "ls", cid).exit()).isZero();
        assertThat(follow("films", "info").orElseThrow()).contains(cluster, "Cluster Peer online: true",
                "IPFS peer online: true");
        fails(follow("films", "run"), 4, "in use");

        assertThat(peer.stop()).as(peer.tail()).isZero();
        assertThat(follow("films").orElseThrow()).contains("Cluster Peer online: false", "IPFS peer online: true");
        ChildProcess again = run();
        assertThat(follow("films", "list").orElseThrow()).contains(cid);
        assertThat(again.stop()).isZero();
        assertThat(follow("with-nothing-else", "init", template).orElseThrow()).contains("Cluster:      films");
        assertThat(base.resolve("followed/with-nothing-else/service.json")).content().contains("ipfs://__context");
    }

    private ChildProcess run() {
        ChildProcess peer = resources.add(programs.start("cluster-follow", words("films", "run")));
        peer.awaitLine(line -> line.contains("its API listens at"), PATIENCE);
        return peer;
    }

    private ProcessRunner.Result follow(String... arguments) {
        return programs.run("cluster-follow", words(arguments));
    }

    private String[] words(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--config", base.resolve("followed").toString()));
        all.addAll(Arrays.asList(arguments));
        return all.toArray(String[]::new);
    }

    private static void fails(ProcessRunner.Result result, int code, String... words) {
        assertThat(result.exit()).as("%s", result).isEqualTo(code);
        assertThat(result.err().lines().toList()).as("%s", result).hasSize(1);
        assertThat(result.err()).contains(words).doesNotContain("Exception");
    }
}
