package io.pinfold.ipfs;

import io.pinfold.ipfs.BackendAddress.Kubo;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class BackendAddressTest {

    @ParameterizedTest
    @CsvSource({
        "ipfs://127.0.0.1:5001, false, 127.0.0.1, 5001, ipfs://127.0.0.1:5001",
        "ipfs://localhost, false, localhost, 5001, ipfs://localhost:5001",
        "IPFS://kubo.example:80/, false, kubo.example, 80, ipfs://kubo.example:80",
        "ipfs+http://[::1]:5002, false, ::1, 5002, ipfs://[::1]:5002",
        "ipfs+https://kubo.example, true, kubo.example, 443, ipfs+https://kubo.example:443",
        "ipfs://[fe80::1%eth0], false, fe80::1%eth0, 5001, ipfs://[fe80::1%eth0]:5001",
    })
    void whatIsMeant(String text, boolean https, String host, int port, String printed) {
        assertThat(BackendAddress.parse(text))
                .isEqualTo(new Decoded.Ok<>(new Kubo(https, host, port, Optional.empty())));
        assertThat(BackendAddress.parse(text).orElseThrow()).hasToString(printed);
    }

    @Test
    void defaultIsTheLocalDaemon() {
        assertThat(BackendAddress.parse(BackendAddress.DEFAULT).orElseThrow()).hasToString("ipfs://127.0.0.1:5001");
        assertThat(BackendAddress.parse("ipfs://__context").orElseThrow()).isEqualTo(new BackendAddress.Embedded())
                .hasToString("ipfs://__context");
    }

    @Test
    void credentialsAreTakenApartAndNeverPrinted() {
        Kubo kubo = (Kubo) BackendAddress.parse("ipfs+https://us%40er:p+%3Aw@host:1").orElseThrow();
        assertThat(kubo.credentials()).contains(new BackendAddress.Credentials("us@er", "p+:w"));
        assertThat(kubo.toString()).isEqualTo("ipfs+https://host:1");
        assertThat(kubo.credentials().toString()).doesNotContain("p+:w");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "127.0.0.1:5001 | MALFORMED | no '://'",
        "'' | MALFORMED | no '://'",
        "ipfs:// | MALFORMED | no host",
        "ipfs://:5001 | MALFORMED | no host before the port",
        "ipfs://[]:5001 | MALFORMED | host '[]'",
        "ipfs://[::1 | MALFORMED | no host before the port",
        "ipfs://::1 | MALFORMED | no host before the port",
        "ipfs://a:b:1 | MALFORMED | port 'b:1'",
        "ipfs://host: | MALFORMED | port ''",
        "ipfs://host:0 | MALFORMED | port '0' is not a number from 1 to 65535",
        "ipfs://host:65536 | MALFORMED | port '65536'",
        "ipfs://host:99999999999 | MALFORMED | port '99999999999'",
        "ipfs://host:-1 | MALFORMED | port '-1'",
        "ipfs://ho st:1 | MALFORMED | host 'ho st'",
        "ipfs://h\u00f6st:1 | MALFORMED | is neither a name nor an address",
        "ipfs://host:1/api/v0 | MALFORMED | begins with '/'",
        "ipfs://host:1?x | MALFORMED | begins with '?'",
        "ipfs://user@host:1 | MALFORMED | USER:PASSWORD",
        "ipfs://u:%zz@host:1 | MALFORMED | hexadecimal",
        "pinning+https://host/path?token=secret | UNSUPPORTED | pinning services",
        "powergate://host:1?token=secret | UNSUPPORTED | Powergate",
        "ftp://host | UNSUPPORTED | unknown kind of backend 'ftp'",
    })
    void whatIsWrongIsNamed(String text, Refusal.Kind kind, String part) {
        assertThat(BackendAddress.parse(text)).isInstanceOfSatisfying(Decoded.Refused.class, refused -> {
            assertThat(refused.refusal().detail()).contains(part).doesNotContain("secret");
            assertThat(refused.refusal().kind()).isEqualTo(kind);
        });
    }

    @Test
    void overlongTextIsRefused() {
        assertThat(BackendAddress.parse("ipfs://" + "a".repeat(3000))).isInstanceOfSatisfying(Decoded.Refused.class,
                refused -> assertThat(refused.refusal().kind()).isEqualTo(Refusal.Kind.TOO_LONG));
    }
}
