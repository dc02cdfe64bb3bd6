package io.pinfold.api.wire;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HeadReaderTest {

    private static final String HOST = "Host: h\r\n";

    private static Head read(String text) throws IOException {
        InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
        return new HeadReader(in, 100, 200).read(in.read());
    }

    @Test
    void reads_the_parts_of_a_head() throws IOException {
        Head head = read("POST /a%20b?c=d HTTP/1.1\r\nHost: h\r\nX-Y:  z \t\r\nx-y: again\r\nEmpty:\r\n\r\nbody");
        assertThat(head.method()).isEqualTo("POST");
        assertThat(head.path()).isEqualTo("/a%20b");
        assertThat(head.query()).isEqualTo("c=d");
        assertThat(head.header("X-y")).contains("z");
        assertThat(head.headers().get("x-y")).isEqualTo(List.of("z", "again"));
        assertThat(head.header("empty")).contains("");
        assertThat(head.header("absent")).isEmpty();
        assertThat(head.closes()).isFalse();
    }

    @Test
    void knows_when_the_connection_ends() throws IOException {
        assertThat(read("GET / HTTP/1.1\r\n" + HOST + "Connection: Close\r\n\r\n").closes()).isTrue();
        assertThat(read("GET / HTTP/1.0\r\n\r\n").closes()).isTrue();
        assertThat(read("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n").closes()).isFalse();
    }

    @Test
    void reads_a_target_that_names_the_server_too() throws IOException {
        assertThat(read("GET http://h:1/p?q HTTP/1.1\r\n" + HOST + "\r\n").path()).isEqualTo("/p");
        assertThat(read("OPTIONS * HTTP/1.1\r\n" + HOST + "\r\n").path()).isEqualTo("*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /\r\n\r\n", "GET  / HTTP/1.1\r\n", "GET / HTTP/1.1 \r\n", " GET / HTTP/1.1\r\n", "G(T / HTTP/1.1\r\n",
        "GET x HTTP/1.1\r\n", "GET /a#b HTTP/1.1\r\n", "GET /a\\b HTTP/1.1\r\n", "GET / HTTP/1.1\n", "\r\n",
        "GET / HTTP/1.1\r\nno colon\r\n", "GET / HTTP/1.1\r\nname : x\r\n", "GET / HTTP/1.1\r\nHost: h\r\n folded\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nX: a\u0000b\r\n", "GET / HTTP/1.1\r\nHost: h\r\nX: a\nY: b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nX: a\rb\r\n\r\n", "GET / HTTP/1.1\r\n: x\r\n"})
    void refuses_what_is_malformed(String text) {
        assertThatThrownBy(() -> read(text)).as(text)
                .isInstanceOfSatisfying(BadRequestException.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(400));
    }

    @Test
    void refuses_what_is_too_long_without_reading_it_all() {
        for (Object[] row : new Object[][]{{"GET /" + "x".repeat(100) + " HTTP/1.1\r\n", 414},
            {"GET / HTTP/1.1\r\nX: " + "x".repeat(200) + "\r\n", 431},
            {"GET / HTTP/1.1\r\n" + "X: y\r\n".repeat(40) + "\r\n", 431}, {"GET / HTTP/2.0\r\n", 505}}) {
            assertThatThrownBy(() -> read((String) row[0])).isInstanceOfSatisfying(BadRequestException.class,
                    refusal -> assertThat(refusal.status()).isEqualTo(row[1]));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"G", "GET / HTTP/1.1", "GET / HTTP/1.1\r", "GET / HTTP/1.1\r\n",
        "GET / HTTP/1.1\r\nHost: h",
        "GET / HTTP/1.1\r\nHost: h\r\n"})
    void tells_an_early_end_from_nonsense(String text) {
        assertThatThrownBy(() -> read(text)).as(text).isInstanceOfAny(EOFException.class, BadRequestException.class);
    }

    @ParameterizedTest
    @CsvSource({"Content-Length: 5,hello", "Content-Length: 0,''", "X: y,''",
        "Transfer-Encoding: chunked,5;name=value|hello|0||", "Transfer-Encoding: CHUNKED,2|he|3|llo|0|Trailer: x||"})
    void reads_bodies(String header, String body) throws IOException {
        Head head = read("POST / HTTP/1.1\r\n" + HOST + header + "\r\n\r\n");
        byte[] bytes = (body.replace("|", "\r\n") + "NEXT").getBytes(StandardCharsets.US_ASCII);
        InputStream wire = new ByteArrayInputStream(bytes);
        BodyInput in = BodyInput.of(head, wire);
        String expected = body.isEmpty() ? "" : "hello";
        assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII)).isEqualTo(expected);
        assertThat(in.isEnded()).isTrue();
        assertThat(new String(wire.readAllBytes(), StandardCharsets.US_ASCII)).isEqualTo("NEXT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: -1", "Content-Length: 1\r\nContent-Length: 1", "Content-Length: 1, 1",
        "Content-Length: 0x5", "Content-Length: 9999999999999999999", "Content-Length:",
        "Transfer-Encoding: chunked\r\nContent-Length: 5", "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", "Transfer-Encoding: identity"})
    void refuses_bodies_of_doubtful_length(String header) throws IOException {
        Head head = read("POST / HTTP/1.1\r\n" + HOST + header + "\r\n\r\n");
        assertThatThrownBy(() -> BodyInput.of(head, InputStream.nullInputStream())).as(header)
                .isInstanceOf(BadRequestException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz|", "-1|", "|", "5|helloX|", "1234567890123456|", "5\n",
        "0|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a||"})
    void refuses_malformed_chunks(String body) throws IOException {
        Head head = read("POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n");
        InputStream wire = new ByteArrayInputStream(body.replace("|", "\r\n").getBytes(StandardCharsets.US_ASCII));
        BodyInput in = BodyInput.of(head, wire);
        assertThatThrownBy(in::readAllBytes).as(body).isInstanceOf(BadRequestException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "5|he", "5|hello", "5|hello|", "0|", "0|X: y"})
    void an_early_end_of_chunks_is_no_end(String body) throws IOException {
        Head head = read("POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n");
        InputStream wire = new ByteArrayInputStream(body.replace("|", "\r\n").getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(BodyInput.of(head, wire)::readAllBytes).as(body).isInstanceOf(EOFException.class);
    }
}
