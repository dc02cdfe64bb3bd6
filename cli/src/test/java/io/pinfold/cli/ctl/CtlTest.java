package io.pinfold.cli.ctl;

import io.pinfold.api.Samples;
import io.pinfold.api.TestServer;
import io.pinfold.api.http.Cors;
import io.pinfold.api.http.HttpConfig;
import io.pinfold.api.rest.RestApi;
import io.pinfold.cli.TestConsole;
import io.pinfold.cli.TestConsole.Result;
import io.pinfold.follower.view.Alert;
import io.pinfold.follower.view.Failure;
import io.pinfold.follower.view.Metric;
import io.pinfold.follower.view.TrackerStatus;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the program asks a peer, how it is told, and what goes wrong. */
class CtlTest extends CtlFixture {

    @Test
    void id() {
        assertThat(text("id")).isEqualTo("""
                12D3KooWBSfdK7ypRVYqhqEFt66rWJZFH3GYXxVs7qo3Pmp2Fykk | host1 | Sees 1 other peers
                  > Addresses:
                    - /ip4/192.0.2.7/tcp/9096/p2p/12D3KooWBSfdK7ypRVYqhqEFt66rWJZFH3GYXxVs7qo3Pmp2Fykk
                  > IPFS: 12D3KooWPjceQrSwdWXPyLLeABRXmuqt69Rg3sBYbU1Nft9HyQ6X
                    - /ip4/192.0.2.7/tcp/4001/p2p/12D3KooWPjceQrSwdWXPyLLeABRXmuqt69Rg3sBYbU1Nft9HyQ6X
                """);
    }

    @Test
    void peers_ls_shows_those_that_do_not_answer_too() {
        assertThat(text("peers", "ls")).contains(Samples.PEER_1 + " | host1 | Sees",
                Samples.PEER_2 + " | ERROR: no answer within 15 s\n");
    }

    @Test
    void peers_rm_tells_that_members_cannot_be_removed() {
        Result refused = ctl("peers", "rm", Samples.PEER_2.toString());
        assertThat(refused.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(refused.out())
                .isEqualTo("An error occurred:\n  Code: 501\n  Message: members cannot be removed\n");
        assertThat(ctl("peers", "rm", "nobody").code()).isEqualTo(ExitCode.LOCAL);
        assertThat(ctl("peers", "rm").code()).isEqualTo(ExitCode.LOCAL);
    }

    @Test
    void pin_ls() {
        assertThat(text("pin", "ls")).isEqualTo(CID + " | one | PIN | Repl. Factor: -1 | Allocations: [everywhere] | "
                + "Recursive | Metadata: no | Exp: ∞ | Added: 2026-11-21 10:00:00\n");
        peer.pinset.put(Samples.CID_2, Samples.fullPin());
        assertThat(text("pin", "ls", Samples.CID_2.toString())).isEqualTo(Samples.CID_2
                + " | a \"name\" | SHARD-PIN-DIRECT | Repl. Factor: 2--3 | Allocations: [" + Samples.PEER_1 + " "
                + Samples.PEER_2 + "] | Direct | Metadata: yes | Exp: 1 hour from now | Added: 2026-11-21 10:00:00\n");
        assertThat(text("pin", "ls", "--filter", "shard-pin").lines()).hasSize(1);
        assertThat(text("pin", "ls", "--filter", "meta-pin")).isEmpty();
    }

    @Test
    void json_is_printed_value_by_value_with_four_spaces() {
        peer.pinset.put(Samples.CID_2, Samples.pin(Samples.CID_2, "two"));
        String json = text("--enc=json", "pin", "ls");
        assertThat(json).startsWith("{\n    \"replication_factor_min\": -1,\n").contains("\n}\n{\n").endsWith("}\n");
        assertThat(text("pin", "ls", "--enc", "json")).isEqualTo(json);
        assertThat(ctl("--enc", "yaml", "pin", "ls").code()).isEqualTo(ExitCode.LOCAL);
        assertThat(text("--enc=json", "health", "alerts")).isEqualTo("[]\n");
    }

    @Test
    void status() {
        String expected = CID + " | one:\n"
                + "    > host1                : PINNED | 2026-11-21T10:00:00Z | Attempts: 0 | Priority: false\n"
                + "    > host2                : PINNED | 2026-11-21T10:00:00Z | Attempts: 0 | Priority: false\n";
        assertThat(text("status")).isEqualTo(expected);
        assertThat(text("status", CID)).isEqualTo(expected);
        assertThat(text("status", CID, Samples.CID_3.toString())).startsWith(expected).contains("UNPINNED");
        assertThat(text("status", "--local")).doesNotContain("host2");
        assertThat(text("status", "--filter", "error,pin_queued")).isEmpty();
        peer.statusAt1.put(Samples.CID_1, TrackerStatus.PIN_ERROR);
        assertThat(text("status", "--filter", "error")).contains("host1                : PIN_ERROR: no such block | ");
        assertThat(ctl("status", "--filter", "nonsense").code()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void recover() {
        peer.statusAt1.put(Samples.CID_1, TrackerStatus.PIN_ERROR);
        assertThat(text("recover", "--local")).contains("PIN_ERROR").doesNotContain("host2");
        assertThat(text("recover", CID)).contains("PIN_QUEUED");
        assertThat(text("recover")).isEmpty();
    }

    @Test
    void version_and_sync() {
        assertThat(text("version")).isEqualTo("0.1.0\n");
        assertThat(text("sync")).isEqualTo("""
                Cluster: test cluster (bafkreifjjcie6lypi6ny7amxnfftagclbuxndqonfipmb64f2km2devei4)
                State: current
                Height: 7 of 9 known
                Head: bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi, written now
                Confirmed: by 2 of 3 trusted keys
                Last heard: 1 second from now
                Pins: 5
                Removals: 1 waiting, 0 held back
                Writing: this peer may write
                """);
    }

    @Test
    void health() {
        peer.metrics.add(new Metric("freespace", Samples.PEER_1, "10000000000", Samples.NOW.plusSeconds(28), true,
                10_000_000_000L, false, Samples.NOW));
        peer.metrics.add(new Metric("ping", Samples.PEER_1, "{}", Samples.NOW.minusSeconds(180), true, 0, false,
                Samples.NOW));
        peer.alerts.add(new Alert(peer.metrics.get(1), Samples.NOW.minusSeconds(120)));
        peer.alerts.add(new Alert(new Metric("equivocation", Samples.PEER_2, "two blocks with one number",
                Instant.EPOCH, false, 0, false, Instant.EPOCH), Samples.NOW));
        assertThat(text("health", "metrics")).isEqualTo("freespace\nping\n");
        assertThat(text("health", "metrics", "freespace"))
                .isEqualTo(Samples.PEER_1 + " | freespace: 10 GB | Expires in: 28 seconds from now\n");
        assertThat(text("health", "metrics", "other")).isEmpty();
        assertThat(text("health", "alerts")).isEqualTo(
                Samples.PEER_1 + ": ping. Expired at: 3 minutes ago. Triggered at: 2 minutes ago\n" + Samples.PEER_2
                        + ": equivocation: two blocks with one number. Triggered at: now\n");
    }

    @Test
    void errors_of_the_peer_are_printed_where_programs_look_for_them() {
        peer.failure = Optional.of(new Failure.NotAWriter(Failure.NotAWriter.Why.FOLLOWER_MODE));
        Result text = ctl("pin", "add", CID);
        assertThat(text.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(text.out()).startsWith("An error occurred:\n  Code: 403\n  Message: this peer is configured");
        Result json = ctl("--enc", "json", "pin", "add", CID);
        assertThat(json.out()).startsWith("{\n    \"code\": 403,\n    \"message\": \"this peer");
    }

    @Test
    void an_error_within_a_list_is_an_error() {
        peer.failure = Optional.of(new Failure.BackendAway("gone"));
        peer.itemsBeforeFailure = 1;
        Result cut = ctl("status");
        assertThat(cut.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(cut.out()).startsWith(CID).contains("Message: the IPFS node does not answer: gone");
    }

    @Test
    void credentials_from_option_and_environment() {
        HttpConfig config = new HttpConfig(List.of(TestServer.LOOPBACK), Map.of("ann", "secret"), Cors.NONE, Map.of(),
                HttpConfig.Limits.DEFAULT);
        try (TestServer guarded = TestServer.of(config, RestApi.routes(peer, () -> Samples.NOW))) {
            String host = guarded.server().addresses().get(0).toString();
            Result none = terminal.run(CtlMain::run, "--host", host, "id");
            assertThat(none.code()).isEqualTo(ExitCode.REFUSED);
            assertThat(none.out()).containsIgnoringCase("Code: 401").containsIgnoringCase("unauthorized");
            assertThat(terminal.run(CtlMain::run, "-l", host, "--basic-auth", "ann", "-f", "id").code())
                    .isEqualTo(ExitCode.REFUSED);
            assertThat(terminal.run(CtlMain::run, "-l", host, "--basic-auth", "ann:secret", "--force-http", "id")
                    .code()).isZero();
            assertThat(new TestConsole().set("CLUSTER_CREDENTIALS", "ann:secret")
                    .run(CtlMain::run, "-l", host, "-f", "id")
                    .code()).isZero();
            assertThat(new TestConsole().set("PINFOLD_CREDENTIALS", "ann:secret")
                    .run(CtlMain::run, "-l", host, "-f", "id")
                    .code()).isZero();
        }
    }

    @Test
    void tls_against_a_plain_server_fails() {
        assertThat(ctl("--https", "id").code()).isEqualTo(ExitCode.LOCAL);
        assertThat(ctl("--basic-auth", "a:b", "id").code()).isEqualTo(ExitCode.LOCAL);
    }

    @Test
    void hosts_are_tried_in_order_and_may_be_urls() throws IOException {
        int dead;
        try (ServerSocket socket = new ServerSocket(0)) {
            dead = socket.getLocalPort();
        }
        String alive = "http://127.0.0.1:" + server.endpoint().getPort();
        assertThat(terminal.run(CtlMain::run, "--host", "/ip4/127.0.0.1/tcp/" + dead + "," + alive, "version")
                .out()).isEqualTo("0.1.0\n");
        Result nobody = terminal.run(CtlMain::run, "--host", "/ip4/127.0.0.1/tcp/" + dead, "version");
        assertThat(nobody.code()).isEqualTo(ExitCode.LOCAL);
        assertThat(nobody.err()).startsWith("error: nothing answers at http://127.0.0.1:" + dead);
        assertThat(nobody.err().lines()).hasSize(1);
        assertThat(terminal.run(CtlMain::run, "--enc", "json", "--host", "/ip4/127.0.0.1/tcp/" + dead, "version")
                .out()).startsWith("{\n    \"code\": 0,");
    }

    @Test
    void a_server_that_says_nothing_is_given_up_after_the_timeout() throws IOException {
        try (ServerSocket silent = new ServerSocket(0)) {
            Result late = terminal.run(CtlMain::run, "--timeout", "300ms", "--host",
                    "/ip4/127.0.0.1/tcp/" + silent.getLocalPort(), "id");
            assertThat(late.code()).isEqualTo(ExitCode.LOCAL);
            assertThat(late.err()).startsWith("error: no answer from http://127.0.0.1:")
                    .endsWith(" within 0.3 s; raise --timeout to wait longer\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pin add nonsense", "pin add /ipfs/nonsense", "pin add /other/x", "pin add /ipfs/",
        "pin add", "pin rm nonsense", "pin ls nonsense", "status nonsense", "status QmYwAPJzv5CZsnA625s3Xf2nemt",
        "recover nonsense", "pin add --mode both QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG",
        "pin add --expire-in 1d QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG",
        "pin add -r x QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG",
        "pin add --allocs x QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG",
        "pin add --metadata x QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG",
        "pin add -w --wt 1d QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG",
        "pin add -w --wl -1 QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG", "--unknown", "unknown", "pin unknown",
        "id extra", "--host nowhere id", "--host /ip4/1.2.3.4/udp/1 id", "--host ftp://x id", "--timeout soon id",
        "health metrics a/b"})
    void bad_arguments_are_one_clear_sentence_and_nothing_is_sent(String args) {
        Result bad = ctl(args.split(" ", -1));
        assertThat(bad.code()).as(args).isEqualTo(ExitCode.LOCAL);
        assertThat(bad.out()).isEmpty();
        assertThat(bad.err().lines()).as(bad.err()).hasSize(1);
        assertThat(bad.err()).startsWith("error");
        assertThat(peer.asked).isEmpty();
    }

    @Test
    void every_command_has_help_that_fits_the_screen() {
        Result commands = terminal.run(CtlMain::run, "commands");
        assertThat(commands.out().lines()).contains("cluster-ctl id", "cluster-ctl peers ls", "cluster-ctl pin add",
                "cluster-ctl status", "cluster-ctl recover", "cluster-ctl version", "cluster-ctl commands");
        commands.out().lines().forEach(command -> {
            List<String> args = new ArrayList<>(Arrays.asList(command.split(" ", -1))
                    .subList(1,
                            command.split(" ", -1).length));
            args.add("--help");
            Result help = terminal.run(CtlMain::run, args.toArray(String[]::new));
            assertThat(help.code()).as(command).isZero();
            assertThat(help.out()).startsWith("Usage: " + command);
            assertThat(help.out().lines()).allMatch(line -> line.length() <= 120);
        });
        assertThat(terminal.run(CtlMain::run).code()).isEqualTo(ExitCode.LOCAL);
        assertThat(terminal.run(CtlMain::run, "--version").out()).startsWith("cluster-ctl version ");
        assertThat(terminal.run(CtlMain::run, "--debug", "--version").out()).startsWith("cluster-ctl version ");
    }
}
