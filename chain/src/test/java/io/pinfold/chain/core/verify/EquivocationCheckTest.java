package io.pinfold.chain.core.verify;

import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.testing.TestChains;
import io.pinfold.chain.testing.TestOps;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.testing.TestKeys;
import io.pinfold.trust.Equivocation;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EquivocationCheckTest {

    private final TestChains chains = new TestChains(1, 2);
    private final BlockVerifier verifier = new BlockVerifier(chains.genesis());
    private final SignedBlock root = chains.after(null, 1, TestOps.pin(0));
    private final SignedBlock one = block(1, 7, 1);
    private final SignedBlock twin = block(1, 7, 2);

    private SignedBlock block(int author, long seq, int pin) {
        return TestChains.sign(chains.draft(root, author, seq, List.of(), List.of(TestOps.pin(pin))), author);
    }

    private Decoded<Equivocation> check(SignedBlock a, SignedBlock b) {
        return EquivocationCheck.of(verifier, a.bytes(), b.bytes());
    }

    @Test
    void two_blocks_with_one_number_are_evidence_whoever_brings_them() {
        Equivocation evidence = check(one, twin).orElseThrow();
        assertThat(evidence.author()).isEqualTo(TestKeys.peerId(1));
        assertThat(evidence.seq()).isEqualTo(7);
        assertThat(check(twin, one)).isEqualTo(Decoded.ok(evidence));
        Equivocation received = Equivocation.decode(evidence.toBytes()).orElseThrow();
        assertThat(EquivocationCheck.check(verifier, received)).isEqualTo(Decoded.ok(evidence));
    }

    @Test
    void anything_else_is_none() {
        assertThat(check(one, one)).isInstanceOf(Decoded.Refused.class);
        assertThat(check(one, block(1, 8, 1))).isInstanceOf(Decoded.Refused.class);
        assertThat(check(one, block(2, 7, 1))).isInstanceOf(Decoded.Refused.class);
        assertThat(check(one, block(3, 7, 1))).as("a stranger").isInstanceOf(Decoded.Refused.class);
        TestChains other = new TestChains(1, 2, 3);
        SignedBlock elsewhere = TestChains.sign(other.draft(null, 1, 7, List.of(), List.of(TestOps.pin(2))), 1);
        assertThat(check(one, elsewhere)).as("another cluster").isInstanceOf(Decoded.Refused.class);
    }

    @Test
    void a_forged_or_broken_block_is_none() {
        byte[] bytes = twin.bytes().toArray();
        for (int at = 0; at < bytes.length; at++) {
            byte[] changed = bytes.clone();
            changed[at] ^= 1;
            assertThat(EquivocationCheck.of(verifier, one.bytes(), Bytes.copyOf(changed))).as("byte " + at)
                    .isInstanceOf(Decoded.Refused.class);
        }
        assertThat(EquivocationCheck.of(verifier, one.bytes(), Bytes.EMPTY)).isInstanceOf(Decoded.Refused.class);
    }

    @Test
    void evidence_that_names_the_wrong_key_or_number_is_none() {
        Equivocation wrongKey = Equivocation.of(TestKeys.peerId(2), 7, one.bytes(), twin.bytes());
        Equivocation wrongNumber = Equivocation.of(TestKeys.peerId(1), 8, one.bytes(), twin.bytes());
        assertThat(EquivocationCheck.check(verifier, wrongKey)).isInstanceOf(Decoded.Refused.class);
        assertThat(EquivocationCheck.check(verifier, wrongNumber)).isInstanceOf(Decoded.Refused.class);
    }
}
