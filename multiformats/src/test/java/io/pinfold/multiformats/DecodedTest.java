package io.pinfold.multiformats;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DecodedTest {

    private static final Decoded<Integer> BAD = Decoded.refused(Refusal.Kind.TOO_LONG, "far too long");

    @Test
    void aValueGoesThrough() {
        assertThat(Decoded.ok(2).map(value -> value + 1).orElseThrow()).isEqualTo(3);
        assertThat(Decoded.ok(2).flatMap(_ -> BAD)).isEqualTo(BAD);
        assertThat(Decoded.ok(2).toOptional()).contains(2);
        assertThat(Decoded.attempt(() -> Decoded.ok(2).orRefuse())).isEqualTo(Decoded.ok(2));
    }

    @Test
    void aRefusalStays() {
        assertThat(BAD.map(value -> value + 1)).isEqualTo(BAD);
        assertThat(BAD.flatMap(Decoded::ok)).isEqualTo(BAD);
        assertThat(BAD.toOptional()).isEmpty();
        assertThat(Decoded.attempt(BAD::orRefuse)).isEqualTo(BAD);
        assertThatThrownBy(BAD::orElseThrow).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("TOO_LONG: far too long");
    }
}
