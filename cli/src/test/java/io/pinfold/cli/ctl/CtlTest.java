package io.pinfold.cli.ctl;

import io.pinfold.api.FakePeer;
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
import io.pinfold.follower.view.PinMode;
import io.pinfold.follower.view.PinRequest;
import io.pinfold.follower.view.PinSubject;
import io.pinfold.follower.view.Replication;
import io.pinfold.follower.view.TrackerStatus;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Instant;
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

/** The whole program against a real REST API of a peer in memory. */
class CtlTest {

    private static final String CID = Samples.CID_1.toString();

    private final FakePeer peer = new FakePeer();
    private final TestServer server = TestServer.of(peer);
    private final TestConsole terminal = new TestConsole();

    @BeforeEach
    void a_pin() {
        peer.pinset.put(Samples.CID_1, Samples.pin(Samples.CID_1, "one"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Result ctl(String... args) {
        List<String> all = new ArrayList<>(List.of("--host", server.server().addresses().get(0).toString()));
        all.addAll(Arrays.asList(args));
        return terminal.run(CtlMain::run, all.toArray(String[]::new));
    }

    private String text(String... args) {
        Result result = ctl(args);
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isEqualTo(ExitCode.OK);
        return result.out();
    }

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
    void pin_add_waits_a_moment_and_shows_the_status() {
        assertThat(text("pin", "add", "--name", "a b", "--mode", "direct", "-r", "2", "--expire-in", "1h", "--metadata",
                "k=v", "--metadata", "l=m", "--allocs", Samples.PEER_1.toString(), Samples.CID_3.toString()))
                .startsWith(Samples.CID_3 + " | a b:\n    > host1 ");
        assertThat(terminal.pauses()).isEqualTo(1);
        assertThat(peer.asked).last().isInstanceOfSatisfying(PinRequest.class, request -> {
            assertThat(request.subject()).isEqualTo(new PinSubject.ByCid(Samples.CID_3));
            assertThat(request.options().mode()).isEqualTo(PinMode.DIRECT);
            assertThat(request.options().replication()).isEqualTo(Replication.between(2, 2));
            assertThat(request.options().metadata()).isEqualTo(Map.of("k", "v", "l", "m"));
            assertThat(request.options().expireAt()).contains(Samples.NOW.plusSeconds(3600));
            assertThat(request.options().userAllocations()).containsExactly(Samples.PEER_1);
        });
    }

    @Test
    void pin_add_with_no_status_shows_the_pin() {
        assertThat(text("pin", "add", "--no-status", "--rmin", "1", "--rmax", "3", Samples.CID_3.toString()))
                .startsWith(Samples.CID_3 + " |  | PIN | Repl. Factor: 1--3 | Allocations: [] | Recursive");
        assertThat(terminal.pauses()).isZero();
    }

    @Test
    void paths_are_pinned_too() {
        text("pin", "add", "--ns", "/ipfs/" + CID + "/a b/ä");
        assertThat(peer.asked).last()
                .isInstanceOfSatisfying(PinRequest.class, request -> assertThat(request.subject())
                        .isEqualTo(new PinSubject.ByPath("/ipfs/" + CID + "/a b/ä")));
        text("pin", "add", "--ns", CID + "/a");
        text("pin", "add", "--ns", "/ipns/docs.example");
        text("pin", "rm", "--ns", "/ipfs/" + Samples.CID_3);
    }

    @Test
    void waiting_goes_on_until_enough_peers_have_it() {
        peer.statusAt1.put(Samples.CID_3, TrackerStatus.PINNING);
        terminal.onPause(count -> {
            if (count == 3) {
                peer.statusAt1.put(Samples.CID_3, TrackerStatus.PINNED);
            }
        });
        Result waited = ctl("pin", "add", "--wait", Samples.CID_3.toString());
        assertThat(waited.out()).contains("host1                : PINNED");
        assertThat(waited.err()).isEmpty();
        assertThat(terminal.pauses()).isEqualTo(3);
    }

    @Test
    void waiting_for_a_few_does_not_wait_for_all() {
        peer.statusAt1.put(Samples.CID_3, TrackerStatus.PINNING);
        assertThat(text("pin", "add", "-w", "--wait-limit", "1", Samples.CID_3.toString())).contains("PINNING");
        assertThat(text("pin", "add", "-w", "-r", "1", Samples.CID_3.toString())).contains("PINNING");
        assertThat(terminal.pauses()).isZero();
    }

    @Test
    void waiting_ends_at_its_deadline_with_an_exit_code_of_its_own() {
        peer.statusAt1.put(Samples.CID_3, TrackerStatus.PINNING);
        Result late = ctl("pin", "add", "--wait", "--wait-timeout", "5s", Samples.CID_3.toString());
        assertThat(late.code()).isEqualTo(ExitCode.DEADLINE);
        assertThat(late.err()).isEqualTo("error waiting for pinned: not within 5 s, 1 of 2 peers have it\n");
        assertThat(terminal.pauses()).isEqualTo(5);
    }

    @Test
    void waiting_ends_when_a_peer_fails() {
        peer.statusAt1.put(Samples.CID_3, TrackerStatus.PIN_ERROR);
        Result failed = ctl("pin", "add", "--wait", Samples.CID_3.toString());
        assertThat(failed.code()).isEqualTo(ExitCode.LOCAL);
        assertThat(failed.err()).contains("host1 has pin_error: no such block");
    }

    @Test
    void a_person_sees_how_far_the_waiting_is_and_a_pipe_does_not() {
        peer.statusAt1.put(Samples.CID_3, TrackerStatus.PINNING);
        terminal.interactive().onPause(_ -> peer.statusAt1.put(Samples.CID_3, TrackerStatus.PINNED));
        assertThat(ctl("pin", "add", "--wait", Samples.CID_3.toString()).err()).contains("pinned at 1 of 2 peers")
                .endsWith("\r\033[K");
    }

    @Test
    void pin_rm_shows_the_pin_unpinned() {
        assertThat(text("pin", "rm", CID)).contains("UNPINNED");
        Result again = ctl("pin", "rm", CID);
        assertThat(again.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(again.out()).contains("Code: 404", "Message: pin is not part of the pinset");
        peer.pinset.put(Samples.CID_1, Samples.pin(Samples.CID_1, "one"));
        assertThat(text("pin", "rm", "--wait", CID)).contains("UNPINNED");
    }

    @Test
    void pin_update_names_the_old_pin() {
        text("pin", "update", "-n", "new", CID, Samples.CID_3.toString());
        assertThat(peer.asked).last().isInstanceOfSatisfying(PinRequest.class, request -> {
            assertThat(request.options().pinUpdate()).contains(Samples.CID_1);
            assertThat(request.options().name()).isEqualTo("new");
        });
        assertThat(ctl("pin", "update", CID).code()).isEqualTo(ExitCode.LOCAL);
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
