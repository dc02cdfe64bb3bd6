package io.pinfold.cli.e2e;

import io.pinfold.testkit.ChildProcess;
import io.pinfold.testkit.Resources;
import io.pinfold.testkit.SmallDisk;
import io.pinfold.testkit.programs.PeerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A follower's disk becomes full: it says so, stays, and goes on by itself when there is room. */
class FollowerFullDiskIT {

    private static final int DISK_KILOBYTES = 8 << 10;
    private static final int ROOM_KILOBYTES = 100;
    private static final int MOST_PINS = 5_000;

    @RegisterExtension
    final Resources resources = new Resources();

    @TempDir
    private Path base = Path.of("");

    private int pinned;

    @Test
    void a_full_disk_is_told_and_got_over() throws IOException {
        PeerProcess trusted = resources.add(PeerProcess.founder(base, PeerProcess.NO_NODE));
        trusted.start();
        Path template = base.resolve("template.json");
        Files.writeString(template, trusted.service("template", "show").orElseThrow());
        PeerProcess follower = resources
                .add(PeerProcess.follower(base, "follower", template.toString(), PeerProcess.NO_NODE));
        ChildProcess daemon = follower.within(SmallDisk.under(follower.folder(), DISK_KILOBYTES)).start();
        pin(trusted);
        Eventually.holds(() -> assertThat(follower.api().pinset()).hasSize(1));

        Path ballast = SmallDisk.fill(daemon, follower.folder(), ROOM_KILOBYTES);
        while (follower.api().alerts().isEmpty() && pinned < MOST_PINS) {
            pin(trusted);
        }
        assertThat(follower.api().alerts()).anySatisfy(alert -> assertThat(alert).startsWith("disk_trouble: "));
        assertThat(follower.ctl("health", "alerts").orElseThrow())
                .containsPattern("The chain cannot be written: (the disk is full|No space left on device);");
        long stuck = follower.api().height();
        for (int i = 0; i < 50; i++) {
            pin(trusted);
        }
        Eventually.holds(() -> assertThat(follower.api().json("/sync").path("best_height").asLong())
                .isEqualTo(trusted.api().height())
                .isGreaterThan(stuck));
        assertThat(follower.api().send("GET", "/health").status()).isEqualTo(204);
        assertThat(follower.api().pinset()).hasSizeLessThan(pinned).hasSizeGreaterThan(0);

        assertThat(follower.ctl("sync").orElseThrow()).contains("State: syncing", "Height: " + stuck + " of ");

        Files.delete(ballast);
        Eventually.holds(() -> assertThat(follower.api().pinset()).hasSize(pinned).isEqualTo(trusted.api().pinset()));
        assertThat(daemon.isAlive()).isTrue();
        assertThat(daemon.stop()).as("%s", follower).isZero();
    }

    private void pin(PeerProcess trusted) {
        trusted.api().pin(Cids.identity("film " + pinned++));
    }
}
