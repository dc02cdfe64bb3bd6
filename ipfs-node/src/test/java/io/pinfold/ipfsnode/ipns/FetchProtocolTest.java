package io.pinfold.ipfsnode.ipns;

import io.pinfold.multiformats.Bytes;
import io.pinfold.testkit.Seeds;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

class FetchProtocolTest {

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @Test
    void messages_are_those_of_the_specification() {
        assertThat(FetchProtocol.request(Bytes.fromHex("2f69706e732f00ff")).toHex()).isEqualTo("0a082f69706e732f00ff");
        assertThat(FetchProtocol.response(Optional.of(Bytes.fromHex("010203"))).toHex()).isEqualTo("1203010203");
        assertThat(FetchProtocol.response(Optional.empty()).toHex()).isEqualTo("0801");
    }

    @Test
    void messages_are_read_with_their_defaults_written_out_or_not() {
        assertThat(FetchProtocol.key(Bytes.fromHex("0a03616263"))).contains(Bytes.fromHex("616263"));
        assertThat(FetchProtocol.value(Bytes.fromHex("1203010203"))).contains(Bytes.fromHex("010203"));
        assertThat(FetchProtocol.value(Bytes.fromHex("08001203010203"))).contains(Bytes.fromHex("010203"));
        assertThat(FetchProtocol.value(Bytes.fromHex("0801"))).isEmpty();
        assertThat(FetchProtocol.value(Bytes.fromHex("08011203010203"))).isEmpty();
        assertThat(FetchProtocol.value(Bytes.EMPTY)).isEmpty();
    }

    @Test
    void what_is_no_message_has_no_key_and_no_value() {
        assertThat(FetchProtocol.key(Bytes.EMPTY)).isEmpty();
        assertThat(FetchProtocol.key(Bytes.fromHex("0a05616263"))).isEmpty();
        assertThat(FetchProtocol.key(FetchProtocol.request(Bytes.copyOf(new byte[FetchProtocol.MAX_KEY + 1]))))
                .isEmpty();
        RandomGenerator random = seeds.generator();
        for (int i = 0; i < 5_000; i++) {
            byte[] noise = new byte[random.nextInt(40)];
            random.nextBytes(noise);
            FetchProtocol.key(Bytes.copyOf(noise));
            FetchProtocol.value(Bytes.copyOf(noise));
        }
    }
}
