package io.pinfold.ipfs.kubo;

import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.BackendFailure.Kind;
import io.pinfold.ipfs.CircuitConfig;
import io.pinfold.ipfs.IpfsConfig;
import io.pinfold.testkit.ManualClock;
import io.pinfold.testkit.Seeds;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class CircuitTest {

    private static final CircuitConfig CONFIG = new CircuitConfig(3, Duration.ofSeconds(1), Duration.ofSeconds(8));

    @RegisterExtension
    final Seeds seeds = new Seeds();

    private final ManualClock clock = new ManualClock();
    private final Circuit circuit = new Circuit("kubo", CONFIG, clock, seeds.generator());

    @Test
    void opensAfterSoManyFailuresInARow() {
        fail();
        fail();
        circuit.answered();
        fail();
        fail();
        assertThat(circuit.admit()).isEmpty();
        circuit.unanswered();
        assertThat(circuit.admit())
                .hasValueSatisfying(failure -> assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE));
    }

    @Test
    void letsOneThroughAfterThePauseAndClosesWithAnAnswer() {
        open();
        clock.advance(Duration.ofSeconds(1));
        assertThat(circuit.admit()).isEmpty();
        assertThat(circuit.admit()).as("a second one while the first is out").isPresent();
        circuit.answered();
        assertThat(circuit.admit()).isEmpty();
        assertThat(circuit.admit()).isEmpty();
    }

    @Test
    void pausesDoubleUpToTheLongestAndAreShortenedAtRandomByAtMostHalf() {
        open();
        for (long full : new long[]{1000, 2000, 4000, 8000, 8000, 8000}) {
            clock.advance(Duration.ofMillis(full / 2 - 1));
            assertThat(circuit.admit()).as("before half of %s ms, %s", full, seeds).isPresent();
            clock.advance(Duration.ofMillis(full / 2 + 1));
            assertThat(circuit.admit()).as("after %s ms, %s", full, seeds).isEmpty();
            circuit.unanswered();
        }
    }

    @Test
    void callsCalledOffDoNotCount() {
        for (int i = 0; i < 10; i++) {
            assertThat(circuit.admit()).isEmpty();
            circuit.calledOff();
        }
        open();
        clock.advance(Duration.ofSeconds(8));
        assertThat(circuit.admit()).isEmpty();
        circuit.calledOff();
        assertThat(circuit.admit()).as("the next one may try").isEmpty();
    }

    @Test
    void daemonThatIsAwayIsAskedNowAndThenAndNoticedWhenItIsBack() throws IOException {
        ScriptedServer server = new ScriptedServer((request, wire) -> wire.cut());
        IpfsConfig config = IpfsConfig.DEFAULT.withCircuit(CONFIG);
        try (server; KuboIpfsNode node = new KuboIpfsNode(server.address(), config, clock, new SplittableRandom(1))) {
            for (int i = 0; i < 20; i++) {
                assertThat(node.repositorySize()).isInstanceOfSatisfying(Answer.Failed.class,
                        failed -> assertThat(failed.failure().kind()).isEqualTo(Kind.UNREACHABLE));
            }
            assertThat(server.requests()).hasSize(3);
            server.script((request, wire) -> wire.ok("{\"RepoSize\":1,\"StorageMax\":2}"));
            assertThat(node.repositorySize()).isInstanceOf(Answer.Failed.class);
            clock.advance(Duration.ofSeconds(1));
            assertThat(node.repositorySize()).isInstanceOf(Answer.Got.class);
            assertThat(server.requests()).hasSize(4);
        }
    }

    @Test
    void errorsThatTheDaemonTellsDoNotOpenIt() throws IOException {
        try (ScriptedServer server = new ScriptedServer((request, wire) -> wire.error(500, "bad"));
                KuboIpfsNode node = new KuboIpfsNode(server.address(), IpfsConfig.DEFAULT, clock,
                        new SplittableRandom(1))) {
            for (int i = 0; i < 10; i++) {
                node.repositorySize();
            }
            assertThat(server.requests()).hasSize(10);
        }
    }

    private void open() {
        for (int i = 0; i < CONFIG.failures(); i++) {
            fail();
        }
    }

    private void fail() {
        assertThat(circuit.admit()).isEmpty();
        circuit.unanswered();
    }
}
