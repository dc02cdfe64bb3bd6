package io.pinfold.chain.core.machine;

import io.pinfold.chain.BlocksAnswer;
import io.pinfold.chain.BlocksRequest;
import io.pinfold.chain.RangeSource;
import io.pinfold.chain.core.SignedHead;
import io.pinfold.chain.core.head.HeadVerdict;
import io.pinfold.chain.core.sync.BlockServer;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.PeerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a {@link SimPeer} asks others, and how they answer; an answer to a peer that crashed meanwhile is lost. */
final class SimCalls implements RangeSource {

    /** Number of requests for blocks that were made. */
    int requests;
    final List<String> penalties = new ArrayList<>();
    private final SimCluster cluster;
    private final SimPeer peer;

    SimCalls(SimCluster cluster, SimPeer peer) {
        this.cluster = cluster;
        this.peer = peer;
    }

    @Override
    public void requestBlocks(long request, PeerId of, BlocksRequest what) {
        int asking = peer.life();
        requests++;
        boolean sent = peer.toward(of, answering -> {
            if (answering.silent) {
                return;
            }
            List<Bytes> found = new ArrayList<>();
            new BlockServer(answering.blocks).answer(what, block -> found.add(block.bytes()));
            List<Bytes> given = answering.slowness.isZero() ? found : found.subList(0, Math.min(1, found.size()));
            cluster.time.schedule(answering.slowness,
                    () -> answering.toward(peer.id(), _ -> blocksAnswered(asking, request, given)));
        });
        if (!sent || cluster.isLossy()) {
            cluster.later(() -> peer.postIfAlive(asking, new ChainEvent.BlocksAnswered(request,
                    new BlocksAnswer.Failed("not connected", Duration.ZERO))));
        }
    }

    private void blocksAnswered(int asking, long request, List<Bytes> found) {
        peer.postIfAlive(asking,
                new ChainEvent.BlocksAnswered(request, BlocksAnswer.of(peer.machine().verifier(), found)));
    }

    @Override
    public void requestHeads(PeerId of) {
        int asking = peer.life();
        peer.toward(of, answering -> {
            List<Bytes> heads = answering.machine().heads().stream().map(SignedHead::bytes).toList();
            answering.toward(peer.id(), _ -> headsAnswered(asking, of, heads));
        });
    }

    /** {@code of} answered with {@code heads} what the peer asked in its life number {@code asking}. */
    void headsAnswered(int asking, PeerId of, List<Bytes> heads) {
        List<SignedHead> good = new ArrayList<>();
        for (Bytes data : heads) {
            if (peer.machine()
                    .gate()
                    .judgeAnswer(data, of, peer.millis()) instanceof HeadVerdict.Accept(SignedHead head)) {
                good.add(head);
            }
        }
        peer.postIfAlive(asking, new ChainEvent.HeadsAnswered(of, good));
    }

    @Override
    public void penalise(PeerId of, String reason) {
        penalties.add(reason);
    }
}
