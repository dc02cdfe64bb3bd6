package io.pinfold.testkit.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SimNetworkTest {

    private final VirtualTime time = new VirtualTime();
    private final List<String> log = new ArrayList<>();

    @Test
    void sameSeedGivesSameRun() {
        assertThat(chatter(7)).isEqualTo(chatter(7)).isNotEqualTo(chatter(8)).hasSizeBetween(700, 900);
    }

    @Test
    void messagesArriveAfterTheDelayAndAreCopies() {
        SimNetwork network = pair();
        byte[] data = "x".getBytes(UTF_8);
        network.send("a", "b", data);
        data[0] = 'y';
        time.run(Duration.ofMillis(9));
        assertThat(log).isEmpty();
        time.run(Duration.ofMillis(1));
        assertThat(log).containsExactly("a>b x");
    }

    @Test
    void partitionCutsWhatIsUnderWayAndHeals() {
        SimNetwork network = pair();
        network.send("a", "b", "1".getBytes(UTF_8));
        network.partition(Set.of("a"), Set.of("b"));
        network.send("a", "b", "2".getBytes(UTF_8));
        time.run(Duration.ofSeconds(1));
        assertThat(log).isEmpty();
        assertThat(network.lost()).isEqualTo(2);
        network.heal();
        network.send("a", "b", "3".getBytes(UTF_8));
        time.runAll(10);
        assertThat(log).containsExactly("a>b 3");
    }

    @Test
    void nodeThatIsDownNeitherSendsNorReceives() {
        SimNetwork network = pair();
        network.down("b");
        network.send("a", "b", "1".getBytes(UTF_8));
        network.send("b", "a", "2".getBytes(UTF_8));
        time.runAll(10);
        assertThat(log).isEmpty();
        network.up("b");
        assertThat(network.connected("a", "b")).isTrue();
    }

    @Test
    void agendaRunsInOrderAndCanBeCancelled() {
        time.schedule(Duration.ofSeconds(2), () -> log.add("two"));
        time.schedule(Duration.ofSeconds(1), () -> log.add("one"));
        time.schedule(Duration.ofSeconds(1), () -> log.add("one again"));
        VirtualTime.Scheduled never = time.schedule(Duration.ofSeconds(1), () -> log.add("never"));
        never.cancel();
        Instant before = time.instant();
        time.run(Duration.ofSeconds(5));
        assertThat(log).containsExactly("one", "one again", "two");
        assertThat(time.instant()).isEqualTo(before.plusSeconds(5));
    }

    @Test
    void whatNeverEndsIsNoticed() {
        repeat();
        assertThatThrownBy(() -> time.runAll(100)).isInstanceOf(IllegalStateException.class);
    }

    private void repeat() {
        time.schedule(Duration.ofMillis(1), this::repeat);
    }

    private SimNetwork pair() {
        SimNetwork network = new SimNetwork(time, new SplittableRandom(1));
        network.join("a", (from, data) -> log.add(from + ">a " + new String(data, UTF_8)));
        network.join("b", (from, data) -> log.add(from + ">b " + new String(data, UTF_8)));
        return network;
    }

    private static List<String> chatter(long seed) {
        VirtualTime time = new VirtualTime();
        SimNetwork network = new SimNetwork(time, new SplittableRandom(seed));
        network.conditions(new LinkConditions(Duration.ofMillis(1), Duration.ofMillis(50), 0.2));
        List<String> log = new ArrayList<>();
        network.join("b", (from, data) -> log.add(time.instant() + " " + new String(data, UTF_8)));
        for (int i = 0; i < 1000; i++) {
            network.send("a", "b", Integer.toString(i).getBytes(UTF_8));
        }
        time.runAll(2000);
        return log;
    }
}
