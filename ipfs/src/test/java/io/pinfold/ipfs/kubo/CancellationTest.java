package io.pinfold.ipfs.kubo;

import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.BackendFailure.Kind;
import io.pinfold.ipfs.IpfsConfig;
import io.pinfold.ipfs.ListOutcome;
import io.pinfold.ipfs.PinDepth;
import io.pinfold.ipfs.PinOutcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** Interrupting a caller, and closing, end what runs, close the connection, and leave the rest in order. */
@Timeout(30)
class CancellationTest {

    private final ScriptedServer server = new ScriptedServer((request, wire) -> {
        if (request.is("pin/ls") && request.target().contains("arg=")) {
            wire.error(500, "path is not pinned");
        } else {
            wire.begin();
            wire.chunks("{\"Progress\":1}");
            wire.hang();
        }
    });
    private final KuboIpfsNode node = Fixture.node(server.address(), IpfsConfig.DEFAULT.withMax(2, 1));

    @AfterEach
    void close() throws IOException {
        node.close();
        server.close();
    }

    @Test
    void interruptEndsAPinOnAVirtualThread() throws Exception {
        assertInterrupted(Thread.ofVirtual(), this::pin);
    }

    @Test
    void interruptEndsAPinOnAPlatformThread() throws Exception {
        assertInterrupted(Thread.ofPlatform(), this::pin);
    }

    @Test
    void interruptEndsARequestThatWasNotAnsweredYet() throws Exception {
        server.script((request, wire) -> wire.hang());
        assertInterrupted(Thread.ofVirtual(), () -> ((Answer.Failed<?>) node.repositorySize()).failure().kind());
    }

    @Test
    void interruptEndsTheWaitForATurn() throws Exception {
        Thread first = Thread.ofVirtual().start(this::pin);
        assertThat(server.awaitHanging()).isTrue();
        assertInterruptedSoon(() -> pin());
        first.interrupt();
        assertThat(first.join(Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void interruptedThreadCallsNobody() throws Exception {
        CompletableFuture<Kind> kind = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            Thread.currentThread().interrupt();
            kind.complete(pin());
        });
        assertThat(kind.get(20, TimeUnit.SECONDS)).isEqualTo(Kind.CANCELLED);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void interruptReachesASlowConsumer() throws Exception {
        server.script((request, wire) -> wire.ok("{\"Cid\":\"" + Fixture.cid("a") + "\",\"Type\":\"recursive\"}"));
        CountDownLatch consuming = new CountDownLatch(1);
        CompletableFuture<ListOutcome> outcome = new CompletableFuture<>();
        Thread caller = Thread.ofVirtual().start(() -> outcome.complete(node.list(PinDepth.Kind.RECURSIVE, cid -> {
            consuming.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        })));
        consuming.await();
        caller.interrupt();
        assertThat(outcome.get(20, TimeUnit.SECONDS)).isInstanceOfSatisfying(ListOutcome.Incomplete.class,
                incomplete -> assertThat(incomplete.failure().kind()).isEqualTo(Kind.CANCELLED));
    }

    @Test
    void closeEndsWhatRunsAndLaterCallsFail() throws Exception {
        CompletableFuture<Kind> kind = CompletableFuture.supplyAsync(this::pin, task -> Thread.ofVirtual().start(task));
        assertThat(server.awaitHanging()).isTrue();
        node.close();
        assertThat(kind.get(20, TimeUnit.SECONDS)).isEqualTo(Kind.CANCELLED);
        assertThat(server.awaitHangUp()).isTrue();
        assertThat(pin()).isEqualTo(Kind.CANCELLED);
    }

    @Test
    void callsThatWaitForTheNetworkDoNotHoldUpOthers() throws Exception {
        server.script((request, wire) -> {
            if (request.is("block/get")) {
                wire.hang();
            } else {
                wire.ok("{\"RepoSize\":1,\"StorageMax\":2}");
            }
        });
        List<Thread> fetching = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            fetching.add(
                    Thread.ofVirtual().start(() -> node.block(Fixture.cid("x"), 10, Duration.ofSeconds(60), false)));
        }
        assertThat(server.awaitHanging()).isTrue();
        assertThat(node.repositorySize()).isInstanceOf(Answer.Got.class);
        assertThat(server.requests().stream().filter(request -> request.is("block/get"))).hasSizeLessThanOrEqualTo(2);
        for (Thread thread : fetching) {
            thread.interrupt();
            assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
        }
    }

    @Test
    void cancelledCallsLeaveNoTurnTaken() throws Exception {
        for (int i = 0; i < 5; i++) {
            Thread caller = Thread.ofVirtual().start(this::pin);
            assertThat(server.awaitHanging()).isTrue();
            caller.interrupt();
            assertThat(caller.join(Duration.ofSeconds(20))).isTrue();
        }
        server.script((request, wire) -> wire.ok("{\"RepoSize\":1,\"StorageMax\":2}"));
        assertThat(node.repositorySize()).isInstanceOf(Answer.Got.class);
    }

    private Kind pin() {
        return node.pin(Fixture.request(Fixture.cid("x")),
                (blocks, bytes) -> {}) instanceof PinOutcome.Failed(var failure) ? failure.kind() : Kind.REFUSED;
    }

    private void assertInterrupted(Thread.Builder builder, Supplier<Kind> call) throws Exception {
        CompletableFuture<Kind> kind = new CompletableFuture<>();
        CompletableFuture<Boolean> stillInterrupted = new CompletableFuture<>();
        Thread caller = builder.start(() -> {
            kind.complete(call.get());
            stillInterrupted.complete(Thread.currentThread().isInterrupted());
        });
        assertThat(server.awaitHanging()).isTrue();
        caller.interrupt();
        assertThat(kind.get(20, TimeUnit.SECONDS)).isEqualTo(Kind.CANCELLED);
        assertThat(stillInterrupted.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(server.awaitHangUp()).as("the connection is closed").isTrue();
    }

    private static void assertInterruptedSoon(Supplier<Kind> call) throws Exception {
        CompletableFuture<Kind> kind = new CompletableFuture<>();
        Thread caller = Thread.ofVirtual().start(() -> kind.complete(call.get()));
        while (caller.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        caller.interrupt();
        assertThat(kind.get(20, TimeUnit.SECONDS)).isEqualTo(Kind.CANCELLED);
    }
}
