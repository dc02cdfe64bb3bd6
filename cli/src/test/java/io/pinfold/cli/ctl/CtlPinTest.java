package io.pinfold.cli.ctl;

import io.pinfold.api.Samples;
import io.pinfold.cli.TestConsole.Result;
import io.pinfold.follower.view.PinMode;
import io.pinfold.follower.view.PinRequest;
import io.pinfold.follower.view.PinSubject;
import io.pinfold.follower.view.Replication;
import io.pinfold.follower.view.TrackerStatus;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The commands that change pins, and waiting for what comes of it. */
class CtlPinTest extends CtlFixture {

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
}
