package io.pinfold.api.http;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ListenAddressTest {

    @ParameterizedTest
    @CsvSource({"/ip4/127.0.0.1/tcp/9094,true", "/ip6/::1/tcp/0,true", "/ip4/0.0.0.0/tcp/9094,false",
        "/ip4/192.0.2.1/tcp/1,false", "/unix/run/pinfold/api,true"})
    void reads_and_prints(String text, boolean local) {
        ListenAddress address = ListenAddress.parse(text).orElseThrow();
        assertThat(address).hasToString(text);
        assertThat(address.isLocal()).isEqualTo(local);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/unix/", "9094", "127.0.0.1:9094", "/ip4/127.0.0.1", "/ip4/127.0.0.1/udp/9094",
        "/ip4/127.0.0.1/tcp/9094/ws", "/ip4/1.2.3/tcp/1", "/ip4/127.0.0.1/tcp/70000"})
    void refuses(String text) {
        assertThat(ListenAddress.parse(text).toOptional()).as(text).isEmpty();
    }
}
