package io.pinfold.trust;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.testing.TestCids;
import io.pinfold.multiformats.testing.TestKeys;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TrustedSetTest {

    private static final PeerId RSA = PeerId.parse("QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N").orElseThrow();
    private static final Bytes MESSAGE = SignatureDomain.TRUST.message(TestCids.cid(1), TestCids.block(1));

    @Test
    void anEmptySetTrustsNobody() {
        TrustedSet nobody = new TrustedSet(0, new KeySet(Collections.emptySortedSet(), set(1), 1));
        assertThat(nobody.isPublisher(TestKeys.peerId(1))).isFalse();
    }

    @Test
    void aThresholdOfAdminsApproves() {
        TrustedSet two = new TrustedSet(3, new KeySet(set(1), set(2, 3, 4), 2));
        assertThat(two.isApproved(MESSAGE, Map.of())).isFalse();
        assertThat(two.isApproved(MESSAGE, signed(2))).isFalse();
        assertThat(two.isApproved(MESSAGE, signed(2, 3))).isTrue();
        assertThat(two.isApproved(MESSAGE, signed(2, 1))).as("a publisher is no admin").isFalse();
        assertThat(two.isApproved(MESSAGE, signed(2, 3, 1))).as("a stranger among them").isFalse();
        assertThat(two.isApproved(MESSAGE, Map.of(TestKeys.peerId(2), TestKeys.key(2).sign(MESSAGE),
                TestKeys.peerId(3), TestKeys.key(4).sign(MESSAGE)))).isFalse();
    }

    @Test
    void setsThatCannotWorkAreRefused() {
        assertThatThrownBy(() -> new KeySet(set(1), set(1), 2)).hasMessageContaining("threshold");
        assertThatThrownBy(() -> new KeySet(set(1), set(1), 0)).hasMessageContaining("threshold");
        assertThatThrownBy(() -> KeySet.of(List.of(RSA))).hasMessageContaining("not Ed25519");
        assertThatThrownBy(() -> KeySet.of(IntStream.rangeClosed(0, KeySet.MAX_KEYS)
                .mapToObj(TestKeys::peerId)
                .toList())).hasMessageContaining("at most");
    }

    @Test
    void eachVersionGovernsAboveItsAnchor() {
        TrustHistory history = TrustHistory.of(KeySet.of(set(1))).plus(10, KeySet.of(set(2)));
        assertThat(history.at(1).isPublisher(TestKeys.peerId(1))).isTrue();
        assertThat(history.at(10).isPublisher(TestKeys.peerId(1))).isTrue();
        assertThat(history.at(11).isPublisher(TestKeys.peerId(1))).isFalse();
        assertThat(history.at(11)).isEqualTo(history.newest());
        assertThat(history.newest().version()).isEqualTo(1);
        assertThatThrownBy(() -> history.plus(10, KeySet.of(set(3)))).isInstanceOf(IllegalArgumentException.class);
    }

    private static SortedSet<PeerId> set(int... keys) {
        return new TreeSet<>(IntStream.of(keys).mapToObj(TestKeys::peerId).toList());
    }

    private static Map<PeerId, Bytes> signed(int... keys) {
        return IntStream.of(keys)
                .boxed()
                .collect(Collectors.toMap(TestKeys::peerId,
                        key -> TestKeys.key(key).sign(MESSAGE)));
    }
}
