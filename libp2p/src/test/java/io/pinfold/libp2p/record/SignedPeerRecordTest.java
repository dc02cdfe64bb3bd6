package io.pinfold.libp2p.record;

import io.pinfold.libp2p.sim.SimNetwork;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.key.PrivateKey;
import io.pinfold.testkit.Seeds;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

class SignedPeerRecordTest {

    private static final PrivateKey KEY = SimNetwork.keyOf(1);
    private static final List<Multiaddr> ADDRESSES = List.of(address("/ip4/192.0.2.1/tcp/9096"),
            address("/ip6/2001:db8::1/tcp/9096"));
    private static final SignedPeerRecord RECORD = SignedPeerRecord.sign(KEY, 1_700_000_000_000L, ADDRESSES);

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @Test
    void survivesTheWire() {
        assertThat(SignedPeerRecord.decode(RECORD.envelope())).isEqualTo(Decoded.ok(RECORD));
    }

    @Test
    void leavesOutAddressesThatItDoesNotKnow() {
        Bytes unknown = Proto.message(out -> out.writeByteArray(1, Bytes.fromHex("ff7f01").toArray()));
        Bytes payload = Proto.message(out -> {
            out.writeByteArray(1, KEY.peerId().toBytes().toArray());
            out.writeUInt64(2, 5);
            out.writeByteArray(3, unknown.toArray());
        });
        assertThat(decode(KEY, "libp2p-peer-record", "0301", payload).orElseThrow().addresses()).isEmpty();
    }

    @Test
    void refusesWhatItsPeerDidNotSign() {
        Bytes payload = payloadOf(KEY);
        assertThat(decode(KEY, "libp2p-peer-record", "0301", payload)).isInstanceOf(Decoded.Ok.class);
        assertRefused(decode(KEY, "libp2p-other", "0301", payload), Refusal.Kind.BAD_SIGNATURE);
        assertRefused(decode(KEY, "libp2p-peer-record", "0302", payload), Refusal.Kind.WRONG_TYPE);
        assertRefused(decode(SimNetwork.keyOf(2), "libp2p-peer-record", "0301", payload), Refusal.Kind.BAD_SIGNATURE);
        assertRefused(decode(KEY, "libp2p-peer-record", "0301", Bytes.fromHex("0aff")), Refusal.Kind.MALFORMED);
        assertRefused(SignedPeerRecord.decode(Bytes.copyOf(new byte[SignedPeerRecord.MAX_SIZE + 1])),
                Refusal.Kind.TOO_LONG);
    }

    @Test
    void refusesEveryDamage() {
        RandomGenerator random = seeds.generator();
        for (int i = 0; i < 300; i++) {
            byte[] damaged = RECORD.envelope().toArray();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            Decoded<SignedPeerRecord> decoded = SignedPeerRecord.decode(Bytes.copyOf(damaged));
            assertThat(decoded).as(seeds.toString()).isInstanceOf(Decoded.Refused.class);
        }
        for (int size = 0; size < RECORD.envelope().size(); size++) {
            assertThat(SignedPeerRecord.decode(RECORD.envelope().slice(0, size))).isInstanceOf(Decoded.Refused.class);
        }
    }

    @Test
    void keepsTheNewestRecordsOfSoManyPeers() {
        PeerRecords records = new PeerRecords(2);
        assertThat(records.offer(RECORD)).isTrue();
        assertThat(records.offer(RECORD)).isFalse();
        assertThat(records.offer(SignedPeerRecord.sign(KEY, 5, ADDRESSES))).isFalse();
        SignedPeerRecord newer = SignedPeerRecord.sign(KEY, -1, List.of());
        assertThat(records.offer(newer)).isTrue();
        assertThat(records.get(KEY.peerId())).contains(newer);
        records.offer(SignedPeerRecord.sign(SimNetwork.keyOf(2), 1, List.of()));
        records.offer(SignedPeerRecord.sign(SimNetwork.keyOf(3), 1, List.of()));
        assertThat(records.get(KEY.peerId())).isEmpty();
        assertThat(records.get(SimNetwork.keyOf(2).peerId())).isPresent();
    }

    private static Decoded<SignedPeerRecord> decode(PrivateKey signer, String domain, String type, Bytes payload) {
        return SignedPeerRecord.decode(Envelope.sign(signer, domain, Bytes.fromHex(type), payload).toBytes());
    }

    private static Bytes payloadOf(PrivateKey key) {
        return Proto.message(out -> {
            out.writeByteArray(1, key.peerId().toBytes().toArray());
            out.writeUInt64(2, 5);
        });
    }

    private static void assertRefused(Decoded<?> decoded, Refusal.Kind kind) {
        assertThat(decoded).isInstanceOfSatisfying(Decoded.Refused.class,
                refused -> assertThat(refused.refusal().kind()).isEqualTo(kind));
    }

    private static Multiaddr address(String text) {
        return Multiaddr.parse(text).orElseThrow();
    }
}
