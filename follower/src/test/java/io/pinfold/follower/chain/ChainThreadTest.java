package io.pinfold.follower.chain;

import io.pinfold.chain.BlocksAnswer;
import io.pinfold.chain.BlocksRequest;
import io.pinfold.chain.ChainAlert;
import io.pinfold.chain.RangeSource;
import io.pinfold.chain.StateListener;
import io.pinfold.chain.core.BlockEffect;
import io.pinfold.chain.core.StateMark;
import io.pinfold.chain.core.intake.Submission;
import io.pinfold.chain.core.machine.ChainConfig;
import io.pinfold.chain.core.machine.ChainEvent;
import io.pinfold.chain.core.machine.ChainMachine;
import io.pinfold.chain.core.machine.ChainPorts;
import io.pinfold.chain.core.machine.ChainSetup;
import io.pinfold.chain.core.machine.ChainStores;
import io.pinfold.chain.testing.MemoryChainStore;
import io.pinfold.chain.testing.MemoryGuard;
import io.pinfold.chain.testing.MemoryIntakeLog;
import io.pinfold.chain.testing.MemoryPinStore;
import io.pinfold.chain.testing.TestChains;
import io.pinfold.chain.testing.TestOps;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.testing.TestKeys;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The thread around the chain: what comes before it starts, while it runs, when a step fails, and after its end. */
class ChainThreadTest implements RangeSource, StateListener {

    private final TestChains chains = new TestChains(1);
    private final MemoryChainStore blocks = new MemoryChainStore();
    private final BlockingQueue<BlockEffect> applied = new LinkedBlockingQueue<>();
    private final BlockingQueue<PeerId> asked = new LinkedBlockingQueue<>();
    private final BlockingQueue<RuntimeException> failures = new LinkedBlockingQueue<>();
    private volatile boolean broken;
    private final ChainThread thread = new ChainThread(this::machine, InstantSource.system(), () -> {}, failures::add);

    private ChainMachine machine(Runnable wake) {
        return new ChainMachine(new ChainSetup(chains.genesis(), TestKeys.key(1),
                new ChainStores(blocks, new MemoryPinStore(chains.chainId(), 10), new MemoryIntakeLog(),
                        new MemoryGuard()),
                new ChainPorts(_ -> {}, this, _ -> {}, this), ChainConfig.DEFAULT, false, new SplittableRandom(1)),
                wake);
    }

    @AfterEach
    void end() {
        thread.close();
    }

    @Test
    void whatIsSubmittedBeforeTheStartGoesIntoABlockAfterIt() throws InterruptedException {
        submit(1);
        assertThat(blocks.all()).isEmpty();
        thread.start();
        assertThat(applied.poll(10, TimeUnit.SECONDS)).isNotNull();
        submit(2);
        assertThat(applied.poll(10, TimeUnit.SECONDS)).as("it is woken").isNotNull();
        thread.close();
        assertThat(thread.machine().status().head().height()).isEqualTo(2);
    }

    @Test
    void aStepThatFailsIsToldAndTheNextOneIsMade() throws InterruptedException {
        broken = true;
        thread.start();
        submit(1);
        assertThat(failures.poll(10, TimeUnit.SECONDS)).hasMessage("made up");
        broken = false;
        submit(2);
        assertThat(applied.poll(10, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void answersThatComeAfterTheEndAreDroppedAndNobodyWaits() throws InterruptedException {
        thread.start();
        thread.post(new ChainEvent.PeerConnected(TestKeys.peerId(5)));
        assertThat(asked.poll(10, TimeUnit.SECONDS)).isEqualTo(TestKeys.peerId(5));
        thread.close();
        for (int i = 0; i < 2 * ChainThread.MAILBOX; i++) {
            thread.post(new ChainEvent.BlocksAnswered(i, new BlocksAnswer.Unknown()));
        }
        thread.post(new ChainEvent.PeerConnected(TestKeys.peerId(6)));
        assertThat(asked).isEmpty();
        thread.close();
    }

    @Test
    void aThreadThatNeverRanEndsToo() {
        submit(1);
        thread.close();
        assertThat(blocks.all()).isEmpty();
    }

    @Test
    void aFullMailboxMakesSendersWaitUntilTheEnd() throws InterruptedException {
        for (int i = 0; i < ChainThread.MAILBOX - 1; i++) {
            thread.post(new ChainEvent.GoAlone());
        }
        CountDownLatch through = new CountDownLatch(1);
        Thread sender = Thread.ofVirtual().start(() -> {
            thread.post(new ChainEvent.GoAlone());
            thread.post(new ChainEvent.GoAlone());
            through.countDown();
        });
        assertThat(through.await(300, TimeUnit.MILLISECONDS)).isFalse();
        thread.close();
        assertThat(sender.join(Duration.ofSeconds(10))).isTrue();
    }

    private void submit(int number) {
        assertThat(thread.machine().intake().submit(TestOps.pin(number), Optional.empty(), 0))
                .isInstanceOf(Submission.Accepted.class);
    }

    @Override
    public void requestBlocks(long request, PeerId peer, BlocksRequest what) {
        throw new AssertionError("nothing is missing");
    }

    @Override
    public void requestHeads(PeerId peer) {
        asked.add(peer);
    }

    @Override
    public void penalise(PeerId peer, String reason) {
        throw new AssertionError(reason);
    }

    @Override
    public void applied(BlockEffect effect) {
        if (broken) {
            throw new IllegalStateException("made up");
        }
        applied.add(effect);
    }

    @Override
    public void rewound(StateMark mark) {
        throw new AssertionError("there is one branch");
    }

    @Override
    public void raised(ChainAlert alert) {
        throw new AssertionError(alert.text());
    }
}
