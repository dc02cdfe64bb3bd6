package io.pinfold.ipfsnode.bitswap;

import io.pinfold.ipfsnode.Exchange;
import io.pinfold.ipfsnode.bitswap.BitswapFixture.Node;
import io.pinfold.ipfsnode.bitswap.wire.BitswapVersion;
import io.pinfold.ipfsnode.bitswap.wire.Message;
import io.pinfold.ipfsnode.bitswap.wire.Presence;
import io.pinfold.ipfsnode.bitswap.wire.Want;
import io.pinfold.libp2p.sim.SimHost;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Multihash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.pinfold.ipfsnode.bitswap.BitswapFixture.IMPATIENT;
import static io.pinfold.ipfsnode.bitswap.BitswapFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What sessions get, from honest peers and from others. */
class SessionsTest {

    private static final Bytes DATA = Bytes.copyOf(new byte[5_000]);
    private static final Cid CID = Cid.raw(DATA);

    private final BitswapFixture fixture = new BitswapFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aConnectedPeerGivesWhatItHas() {
        Node alice = fixture.node();
        Node bob = fixture.node();
        List<Cid> cids = BitswapFixture.fill(bob.blocks(), 1, 900, 3_000);
        fixture.connect(alice, bob.host());
        assertThat(get(alice, cids, List.of())).isEqualTo(new HashSet<>(cids));
        assertThat(alice.bitswap().metrics().blocksDuplicate()).isZero();
        BitswapFixture.await(() -> bob.bitswap().ledger(alice.host().id()).blocksSent() == 900
                && alice.bitswap().ledger(bob.host().id()).bytesReceived() == 900 * 3_000,
                () -> "sent " + bob.bitswap().ledger(alice.host().id()) + ", received "
                        + alice.bitswap().ledger(bob.host().id()));
        assertThat(bob.bitswap().wantList(alice.host().id())).isEmpty();
    }

    @Test
    void anOriginIsDialled() {
        Node alice = fixture.node();
        Node bob = fixture.node();
        Cid cid = bob.blocks().putRaw(DATA);
        get(alice, List.of(cid), List.of(bob.address()));
        assertThat(alice.host().connectedPeers()).containsExactly(bob.host().id());
    }

    @Test
    void providersAreLookedUpWhenNobodyHasIt() {
        Node bob = fixture.node();
        Node alice = fixture.node(IMPATIENT, cid -> cid.equals(CID) ? List.of(bob.address()) : List.of());
        Node carol = fixture.node();
        bob.blocks().putRaw(DATA);
        fixture.connect(alice, carol.host());
        get(alice, List.of(CID), List.of());
        assertThat(alice.bitswap().metrics().searches()).isPositive();
    }

    @Test
    void blocksOfManyProvidersEachWithAPart() {
        Node alice = fixture.node();
        List<Cid> cids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Node provider = fixture.node();
            cids.addAll(BitswapFixture.fill(provider.blocks(), i, 300, 2_000));
            fixture.connect(alice, provider.host());
        }
        assertThat(get(alice, cids, List.of())).hasSize(900);
        assertThat(alice.bitswap().metrics().blocksDuplicate()).isZero();
    }

    @Test
    void providersShareTheWork() {
        Node alice = fixture.node();
        Node bob = fixture.node();
        Node carol = fixture.node();
        List<Cid> cids = BitswapFixture.fill(bob.blocks(), 1, 1_000, 20_000);
        BitswapFixture.fill(carol.blocks(), 1, 1_000, 20_000);
        fixture.connect(alice, bob.host());
        fixture.connect(alice, carol.host());
        get(alice, cids, List.of(bob.address(), carol.address()));
        assertThat(alice.bitswap().ledger(bob.host().id()).blocksReceived()).isGreaterThan(50);
        assertThat(alice.bitswap().ledger(carol.host().id()).blocksReceived()).isGreaterThan(50);
        assertThat(alice.bitswap().metrics().blocksDuplicate()).isLessThan(20);
    }

    @Test
    void aProviderThatDiesIsReplaced() {
        Node alice = fixture.node();
        SimHost dying = fixture.host();
        ScriptedPeer peer = new ScriptedPeer(dying);
        Node bob = fixture.node();
        List<Cid> cids = BitswapFixture.fill(bob.blocks(), 1, 20, 2_000);
        fixture.connect(alice, dying);
        try (Exchange.Session session = alice.bitswap().open(cids.getFirst(), List.of())) {
            session.want(cids);
            assertThat(wants(peer, 20)).hasSize(20);
            fixture.connect(alice, bob.host());
            dying.disconnect(alice.host().id());
            assertThat(take(session, 20)).isEqualTo(new HashSet<>(cids));
        }
    }

    @Test
    void aSilentPeerIsPassedOver() throws Exception {
        Node alice = fixture.node(IMPATIENT, Providers.NONE);
        ScriptedPeer silent = scripted(alice);
        try (Exchange.Session session = alice.bitswap().open(CID, List.of())) {
            session.want(List.of(CID));
            assertThat(silent.wants(1)).containsExactly(Want.block(CID, 1));
            Node bob = fixture.node();
            bob.blocks().putRaw(DATA);
            fixture.connect(alice, bob.host());
            assertThat(take(session, 1)).containsExactly(CID);
            assertThat(silent.wants(1)).containsExactly(Want.cancel(CID));
        }
        assertThat(alice.bitswap().metrics().peersStalled()).isPositive();
    }

    @Test
    void whoHasItIsAskedAfterOneWhoHasNot() throws Exception {
        Node alice = fixture.node();
        SimHost[] hosts = {fixture.host(), fixture.host()};
        ScriptedPeer[] peers = {new ScriptedPeer(hosts[0]), new ScriptedPeer(hosts[1])};
        fixture.connect(alice, hosts[0]);
        fixture.connect(alice, hosts[1]);
        BitswapFixture.await(() -> alice.host().connectedPeers().size() == 2, () -> "two peers");
        try (Exchange.Session session = alice.bitswap().open(CID, List.of())) {
            session.want(List.of(CID));
            Want first = peers[0].wants(1).getFirst();
            Want second = peers[1].wants(1).getFirst();
            assertThat(Set.of(first, second)).containsExactlyInAnyOrder(Want.block(CID, 1), Want.have(CID, 1));
            int asked = first.kind() == Want.Kind.BLOCK ? 0 : 1;
            peers[asked].send(alice.host().id(), presence(CID, false));
            peers[1 - asked].send(alice.host().id(), presence(CID, true));
            assertThat(peers[1 - asked].wants(1)).containsExactly(Want.block(CID, 1));
            peers[1 - asked].send(alice.host().id(), block(CID, DATA));
            assertThat(take(session, 1)).containsExactly(CID);
            assertThat(peers[asked].wants(1)).containsExactly(Want.cancel(CID));
            assertThat(peers[1 - asked].heardNothing()).isTrue();
        }
    }

    @Test
    void closingTakesBackWhatIsWanted() throws Exception {
        Node alice = fixture.node();
        ScriptedPeer peer = scripted(alice);
        Exchange.Session session = alice.bitswap().open(CID, List.of());
        session.want(List.of(CID));
        assertThat(peer.wants(1)).containsExactly(Want.block(CID, 1));
        session.close();
        assertThat(peer.wants(1)).containsExactly(Want.cancel(CID));
        peer.send(alice.host().id(), block(CID, DATA));
        BitswapFixture.await(() -> alice.bitswap().metrics().blocksDuplicate() == 1, () -> "a late block");
        assertThat(alice.bitswap().metrics().blocksUnasked()).isZero();
        assertThat(session.next(Duration.ZERO)).isEmpty();
    }

    @Test
    void twoSessionsAskOnce() throws Exception {
        Node alice = fixture.node();
        ScriptedPeer peer = scripted(alice);
        Cid same = Cid.v0(CID.hash());
        Exchange.Session first = alice.bitswap().open(CID, List.of());
        try (Exchange.Session second = alice.bitswap().open(CID, List.of())) {
            first.want(List.of(CID));
            second.want(List.of(same, CID));
            assertThat(peer.wants(1)).containsExactly(Want.block(CID, 1));
            first.close();
            peer.send(alice.host().id(), block(CID, DATA));
            assertThat(take(second, 2)).containsExactlyInAnyOrder(CID, same);
            assertThat(peer.heardNothing()).isTrue();
        }
    }

    @Test
    void identityCidsNeedNobody() {
        Node alice = fixture.node();
        Bytes data = Bytes.copyOf(new byte[]{1, 2, 3});
        Cid cid = Cid.v1(Multicodec.RAW, Multihash.identity(data));
        try (Exchange.Session session = alice.bitswap().open(cid, List.of())) {
            session.want(List.of(cid));
            assertThat(session.next(Duration.ZERO)).contains(new Block(cid, data));
        }
    }

    @Test
    void wrongBytesAreDroppedAndTheirSenderIsAskedNoMore() throws Exception {
        Node alice = fixture.node();
        ScriptedPeer liar = scripted(alice);
        fixture.connect(alice, fixture.node().host());
        Random random = new Random(1);
        try (Exchange.Session session = alice.bitswap().open(CID, List.of())) {
            session.want(List.of(CID));
            liar.wants(1);
            Cid other = Cid.raw(Bytes.copyOf(new byte[]{9}));
            liar.send(alice.host().id(), presence(CID, true), block(other, Bytes.copyOf(new byte[]{9})));
            for (int i = 0; i < 20; i++) {
                Bytes wrong = BitswapFixture.bytes(random, 100);
                liar.send(alice.host().id(), block(Cid.raw(wrong), wrong));
            }
            BitswapFixture.await(() -> alice.bitswap().metrics().blocksUnasked() == 21, () -> "21 unasked");
            assertThat(alice.bitswap().metrics().peersDistrusted()).isEqualTo(1);
            Node bob = fixture.node();
            bob.blocks().putRaw(DATA);
            fixture.connect(alice, bob.host());
            assertThat(take(session, 1)).containsExactly(CID);
        }
    }

    @Test
    void aBlockThatComesTwiceIsCountedAndNotHeldAgainstItsSender() throws Exception {
        Node alice = fixture.node();
        ScriptedPeer peer = scripted(alice);
        try (Exchange.Session session = alice.bitswap().open(CID, List.of())) {
            session.want(List.of(CID));
            peer.wants(1);
            peer.send(alice.host().id(), block(CID, DATA), block(CID, DATA));
            assertThat(take(session, 1)).containsExactly(CID);
            BitswapFixture.await(() -> alice.bitswap().metrics().blocksDuplicate() == 1, () -> "a duplicate");
            assertThat(alice.bitswap().metrics().blocksUnasked()).isZero();
        }
    }

    @Test
    void whatNobodyHasIsAskedAnew() throws Exception {
        Node alice = fixture.node(IMPATIENT, Providers.NONE);
        ScriptedPeer peer = scripted(alice);
        try (Exchange.Session session = alice.bitswap().open(CID, List.of())) {
            session.want(List.of(CID));
            assertThat(peer.wants(1)).containsExactly(Want.block(CID, 1));
            peer.send(alice.host().id(), presence(CID, false));
            assertThat(peer.wants(1)).containsExactly(Want.block(CID, 1));
            peer.send(alice.host().id(), block(CID, DATA));
            assertThat(take(session, 1)).containsExactly(CID);
        }
        assertThat(alice.bitswap().metrics().broadcasts()).isPositive();
    }

    @Test
    void withoutPeersASessionIsAtALossAtOnce() {
        Node alice = fixture.node();
        List<Cid> cids = BitswapFixture.fill(new MemoryBlocks(), 1, 500, 8);
        try (Exchange.Session session = alice.bitswap().open(CID, List.of())) {
            assertThat(session.isAtALoss()).as("it wants nothing").isFalse();
            session.want(cids);
            assertThat(session.isAtALoss()).isTrue();
        }
    }

    @Test
    void aSessionIsAtALossOnceEachPeerSaidNo() throws Exception {
        Node alice = fixture.node();
        ScriptedPeer one = scripted(alice);
        SimHost host = fixture.host();
        ScriptedPeer other = new ScriptedPeer(host);
        fixture.connect(alice, host);
        try (Exchange.Session session = alice.bitswap().open(CID, List.of())) {
            session.want(List.of(CID));
            one.wants(1);
            other.wants(1);
            assertThat(session.isAtALoss()).isFalse();
            one.send(alice.host().id(), presence(CID, false));
            other.send(alice.host().id(), presence(CID, false));
            BitswapFixture.await(session::isAtALoss, () -> "still hopeful");
        }
    }

    @Test
    void manyWishesThatNobodyHasAreALossThoughNotAllWereAsked() {
        Node alice = fixture.node();
        Node bob = fixture.node();
        fixture.connect(alice, bob.host());
        List<Cid> cids = BitswapFixture.fill(new MemoryBlocks(), 1, 500, 8);
        try (Exchange.Session session = alice.bitswap().open(CID, List.of())) {
            session.want(cids);
            BitswapFixture.await(session::isAtALoss, () -> "still hopeful");
        }
    }

    @Test
    void aSessionHopesWhileProvidersAreLookedUp() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        Node alice = fixture.node(BitswapConfig.DEFAULT, _ -> {
            asked.countDown();
            try {
                answer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return List.of();
        });
        try (Exchange.Session session = alice.bitswap().open(CID, List.of())) {
            session.want(List.of(CID));
            asked.await();
            assertThat(session.isAtALoss()).isFalse();
            answer.countDown();
            BitswapFixture.await(session::isAtALoss, () -> "still hopeful");
        }
    }

    @Test
    void olderVersionsAreAskedForBlocksOnly() throws Exception {
        Node alice = fixture.node(IMPATIENT, Providers.NONE);
        SimHost host = fixture.host();
        ScriptedPeer old = new ScriptedPeer(host, BitswapVersion.V1_0);
        fixture.connect(alice, host);
        Cid cid = Cid.v0(CID.hash());
        try (Exchange.Session session = alice.bitswap().open(cid, List.of())) {
            session.want(List.of(cid));
            assertThat(old.wants(1)).containsExactly(new Want(cid, 1, Want.Kind.BLOCK, false));
            old.send(alice.host().id(), block(cid, DATA));
            assertThat(take(session, 1)).containsExactly(cid);
        }
    }

    @Test
    void aSlowTakerHoldsNoMoreThanItsBound() {
        int size = 100_000;
        BitswapConfig small = BitswapConfig.DEFAULT
                .withClient(BitswapConfig.Client.DEFAULT.withBytes(10L * size, 20L * size));
        Node alice = fixture.node(small, Providers.NONE);
        Node bob = fixture.node();
        List<Cid> cids = BitswapFixture.fill(bob.blocks(), 1, 200, size);
        fixture.connect(alice, bob.host());
        try (Exchange.Session session = alice.bitswap().open(cids.getFirst(), List.of())) {
            session.want(cids);
            Set<Cid> taken = new HashSet<>();
            while (taken.size() < 200) {
                long before = taken.size();
                taken.addAll(take(session, 1));
                assertThat(alice.bitswap().metrics().blocksIn() - before).isLessThanOrEqualTo(25);
            }
        }
    }

    @Test
    void moreWishesThanAllowedAreRefused() {
        Node alice = fixture.node();
        MemoryBlocks blocks = new MemoryBlocks();
        List<Cid> cids = BitswapFixture.fill(blocks, 1, Exchange.Session.MAX_WANTED + 1, 8);
        try (Exchange.Session session = alice.bitswap().open(CID, List.of())) {
            assertThatThrownBy(() -> session.want(cids)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private ScriptedPeer scripted(Node of) {
        SimHost host = fixture.host();
        ScriptedPeer peer = new ScriptedPeer(host);
        fixture.connect(of, host);
        return peer;
    }

    private static List<Want> wants(ScriptedPeer peer, int count) {
        try {
            return peer.wants(count);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Message presence(Cid cid, boolean have) {
        return Message.ofAnswers(List.of(), List.of(new Presence(cid, have)), 0);
    }

    private static Message block(Cid cid, Bytes data) {
        return Message.ofAnswers(List.of(new Block(cid, data)), List.of(), 0);
    }

    private static Set<Cid> get(Node node, List<Cid> cids, List<Multiaddr> origins) {
        try (Exchange.Session session = node.bitswap().open(cids.getFirst(), origins)) {
            session.want(cids);
            return take(session, cids.size());
        }
    }

    private static Set<Cid> take(Exchange.Session session, int count) {
        Set<Cid> taken = new HashSet<>();
        while (taken.size() < count) {
            Optional<Block> block = session.next(PATIENCE);
            assertThat(block).as("block %d of %d", taken.size() + 1, count).isPresent();
            assertThat(block.get().isGenuine()).isTrue();
            assertThat(taken.add(block.get().cid())).isTrue();
        }
        return taken;
    }
}
