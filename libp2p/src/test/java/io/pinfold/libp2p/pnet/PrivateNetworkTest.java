package io.pinfold.libp2p.pnet;

import io.pinfold.libp2p.DialResult;
import io.pinfold.libp2p.HostConfig;
import io.pinfold.libp2p.host.TcpHost;
import io.pinfold.libp2p.host.TestHosts;
import io.pinfold.libp2p.ping.Ping;
import io.pinfold.multiformats.Bytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.pinfold.libp2p.host.TestHosts.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PrivateNetworkTest {

    private static final PreSharedKey KEY = key(1);

    private final TestHosts hosts = new TestHosts();

    @AfterEach
    void close() {
        hosts.close();
    }

    private static PreSharedKey key(int fill) {
        byte[] bytes = new byte[PreSharedKey.SIZE];
        Arrays.fill(bytes, (byte) fill);
        return new PreSharedKey(Bytes.copyOf(bytes));
    }

    /** The key stream of the XSalsa20 paper's and NaCl's example. */
    @Test
    void theVectorOfNaCl() {
        Salsa salsa = new Salsa(
                new PreSharedKey(Bytes.fromHex("1b27556473e985d462cd51197a9a46c76009549eac6474f206c4ee0844f68389")),
                Bytes.fromHex("69696ee955b62b73cd62bda875fc73d68219e0036b7a0b37").toArray());
        byte[] stream = new byte[32];
        salsa.apply(stream, 0, 32, stream, 0);
        assertThat(Bytes.copyOf(stream))
                .isEqualTo(Bytes.fromHex("eea6a7251c1e72916d11c2cb214d3c252539121d8e234e652d651fa4c8cff880"));
    }

    @Test
    void whatIsWrittenInPiecesIsReadInOthers() throws Exception {
        byte[] text = new byte[200_000];
        new Random(1).nextBytes(text);
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        SalsaOutput out = new SalsaOutput(sent, KEY, new SecureRandom());
        out.write(text[0]);
        out.write(text, 1, 100_000);
        out.write(text, 100_001, text.length - 100_001);
        assertThat(sent.size()).isEqualTo(text.length + 24);
        SalsaInput in = new SalsaInput(new ByteArrayInputStream(sent.toByteArray()), KEY);
        assertThat(in.read()).isEqualTo(text[0] & 0xff);
        assertThat(in.readNBytes(10)).isEqualTo(Arrays.copyOfRange(text, 1, 11));
        assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(text, 11, text.length));
        assertThat(in.read()).isNegative();
    }

    @Test
    void halfANonceIsNoStream() {
        SalsaInput in = new SalsaInput(new ByteArrayInputStream(new byte[23]), KEY);
        assertThatThrownBy(in::read).isInstanceOf(EOFException.class);
    }

    @Test
    void hostsWithOneKeyReachEachOther() throws Exception {
        TcpHost alice = hosts.start(TestHosts.onLoopback().withPrivateNetwork(KEY));
        TcpHost bob = hosts.start(TestHosts.onLoopback().withPrivateNetwork(key(1)));
        TestHosts.connect(alice, bob);
        assertThat(Ping.once(alice, bob.id(), new Random(1), PATIENCE)).isInstanceOf(Ping.Result.Answered.class);
    }

    @Test
    void hostsWithDifferentKeysDoNot() throws Exception {
        TcpHost alice = hosts.start(TestHosts.onLoopback().withPrivateNetwork(KEY));
        TcpHost bob = hosts.start(TestHosts.onLoopback().withPrivateNetwork(key(2)));
        assertThat(reason(alice, bob)).isEqualTo(DialResult.Reason.WRONG_NETWORK);
        TestHosts.awaitCounted(bob, "handshake_in_wrong_network");
    }

    @Test
    void aHostWithoutAKeyIsInAnotherNetwork() throws Exception {
        HostConfig quick = TestHosts.onLoopback()
                .withHandshakes(new HostConfig.Handshakes(Duration.ofMillis(500), 64, 16));
        TcpHost member = hosts.start(quick.withPrivateNetwork(KEY));
        TcpHost stranger = hosts.start(quick);
        assertThat(reason(member, stranger)).isIn(DialResult.Reason.WRONG_NETWORK, DialResult.Reason.TIMEOUT);
        assertThat(reason(stranger, member)).isIn(DialResult.Reason.HANDSHAKE, DialResult.Reason.TIMEOUT);
        assertThat(member.connectedPeers()).isEmpty();
    }

    private static DialResult.Reason reason(TcpHost from, TcpHost to) {
        DialResult result = from.connect(to.id(), to.listenAddresses(), PATIENCE);
        assertThat(result).isInstanceOf(DialResult.Failed.class);
        return ((DialResult.Failed) result).attempts().getFirst().reason();
    }
}
