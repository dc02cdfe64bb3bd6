package io.pinfold.trust;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.cbor.CborValue.CborMap;
import io.pinfold.multiformats.cbor.DagCbor;
import io.pinfold.multiformats.testing.Attacks;
import io.pinfold.multiformats.testing.TestCids;
import io.pinfold.multiformats.testing.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class EvidenceFolderTest {

    private static final Equivocation FIRST = Equivocation.of(TestKeys.peerId(1), 5, TestCids.block(2),
            TestCids.block(1));

    @TempDir
    private Path folder;

    @Test
    void theOrderInWhichTheBlocksCameDoesNotMatter() {
        assertThat(FIRST).isEqualTo(Equivocation.of(TestKeys.peerId(1), 5, TestCids.block(1), TestCids.block(2)));
        assertThat(Equivocation.decode(FIRST.toBytes()).orElseThrow()).isEqualTo(FIRST);
    }

    @Test
    void onePairIsKeptPerKeyAndSurvives() throws IOException {
        EvidenceFolder evidence = new EvidenceFolder(folder);
        assertThat(evidence.add(FIRST)).isTrue();
        assertThat(evidence.add(Equivocation.of(TestKeys.peerId(1), 6, TestCids.block(3), TestCids.block(4))))
                .isFalse();
        Equivocation other = Equivocation.of(TestKeys.peerId(2), 6, TestCids.block(3), TestCids.block(4));
        assertThat(evidence.add(other)).isTrue();
        Files.writeString(folder.resolve("x.evidence"), "garbage");
        assertThat(new EvidenceFolder(folder).all()).containsExactlyInAnyOrder(FIRST, other);
    }

    @Test
    void badEvidenceIsRefused() {
        Attacks.cutAndExtend(FIRST.toBytes(), Equivocation::decode);
        Attacks.mutate(7, 2000, FIRST.toBytes(), Equivocation::decode, Equivocation::toBytes);
        Bytes swapped = DagCbor.encode(CborMap.builder()
                .put("v", 1)
                .put("author", FIRST.author().toBytes())
                .put("seq", 5)
                .put("first", FIRST.second())
                .put("second", FIRST.first())
                .build());
        Attacks.assertRefused(Equivocation.decode(swapped), Kind.NOT_CANONICAL);
    }
}
