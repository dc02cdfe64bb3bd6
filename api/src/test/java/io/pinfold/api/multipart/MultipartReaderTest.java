package io.pinfold.api.multipart;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MultipartReaderTest {

    private static final Optional<String> TYPE = Optional.of("multipart/form-data; boundary=xyz");
    private static final String ONE = "Content-Disposition: form-data; name=\"file\"\r\n\r\n";

    private static MultipartReader reader(InputStream body) {
        return MultipartReader.of(TYPE, body).orElseThrow();
    }

    private static MultipartReader reader(String body) {
        return reader(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    /** The contents of all parts. */
    private static List<String> contents(MultipartReader reader) throws IOException {
        List<String> contents = new ArrayList<>();
        for (Optional<Part> part = reader.next(); part.isPresent(); part = reader.next()) {
            contents.add(new String(part.get().content().readAllBytes(), StandardCharsets.ISO_8859_1));
        }
        return contents;
    }

    @Test
    void reads_parts_with_headers_and_content() throws IOException {
        MultipartReader reader = reader(
                "--xyz\r\nContent-Type: text/plain\r\nX:  ü \r\n\r\none\r\n--xyz \t\r\n\r\n\r\n--xyz--\r\n");
        Part first = reader.next().orElseThrow();
        assertThat(first.header("content-type")).contains("text/plain");
        assertThat(first.header("x")).contains("ü");
        assertThat(first.content().readAllBytes()).asString().isEqualTo("one");
        Part second = reader.next().orElseThrow();
        assertThat(second.headers()).isEmpty();
        assertThat(second.content().read()).isEqualTo(-1);
        assertThat(reader.next()).isEmpty();
        assertThat(reader.next()).isEmpty();
        assertThat(reader.failure()).isEmpty();
    }

    @Test
    void skips_what_is_not_read_and_what_stands_around() throws IOException {
        MultipartReader reader = reader(
                "hello\r\n--xyz\r\n\r\n" + "a".repeat(200_000) + "\r\n--xyz\r\n\r\nb\r\n--xyz--bye");
        Part first = reader.next().orElseThrow();
        assertThat(first.content().read()).isEqualTo('a');
        Part second = reader.next().orElseThrow();
        assertThat(first.content().read()).as("content of a part that is over").isEqualTo(-1);
        assertThat(second.content().readAllBytes()).asString().isEqualTo("b");
    }

    @Test
    void has_no_parts_if_there_are_none() throws IOException {
        assertThat(contents(reader("--xyz--\r\n"))).isEmpty();
    }

    @Test
    void what_is_like_a_boundary_is_content() throws IOException {
        String content = "\r\n--xy\r\n--xyx\r\n\r\r\n-\r\n--XYZ--xyz--\n--xyz\r";
        assertThat(contents(reader("--xyz\r\n\r\n" + content + "\r\n--xyz--"))).containsExactly(content);
    }

    /** Random contents full of pieces of boundaries, read in random pieces from a stream that gives random pieces. */
    @Test
    void gives_back_what_was_sent_however_it_comes() throws IOException {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 60; round++) {
            List<byte[]> sent = new ArrayList<>();
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            int parts = random.nextInt(5);
            for (int i = 0; i < parts; i++) {
                byte[] content = content(random);
                sent.add(content);
                body.writeBytes(("\r\n--xyz\r\n" + ONE).substring(i == 0 ? 2 : 0).getBytes(StandardCharsets.UTF_8));
                body.writeBytes(content);
            }
            body.writeBytes("\r\n--xyz--\r\n".getBytes(StandardCharsets.UTF_8));
            MultipartReader reader = reader(new Trickle(new ByteArrayInputStream(body.toByteArray()), random));
            for (byte[] content : sent) {
                byte[] got = readInPieces(reader.next().orElseThrow().content(), random);
                assertThat(got).as("seed %d round %d", seed, round).isEqualTo(content);
            }
            assertThat(reader.next()).as("seed %d round %d", seed, round).isEmpty();
        }
    }

    private static byte[] content(SplittableRandom random) {
        String[] pieces = {"\r", "\n", "\r\n", "-", "--", "xyz", "x", "\r\n--xy", "data", "\r\n-", "\0"};
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        int count = random.nextInt(2) == 0 ? random.nextInt(40) : random.nextInt(60_000);
        for (int i = 0; i < count; i++) {
            content.writeBytes(pieces[random.nextInt(pieces.length)].getBytes(StandardCharsets.UTF_8));
        }
        byte[] all = content.toByteArray();
        String text = new String(all, StandardCharsets.ISO_8859_1).replace("\r\n--xyz", "");
        return text.contains("\r\n--xyz") ? new byte[0] : text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] readInPieces(InputStream in, SplittableRandom random) throws IOException {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        byte[] piece = new byte[1 + random.nextInt(5000)];
        for (int count = in.read(piece); count >= 0; count = in.read(piece, 0, 1 + random.nextInt(piece.length))) {
            got.write(piece, 0, count);
        }
        return got.toByteArray();
    }

    /** Gives out a few bytes at a time. */
    private static final class Trickle extends FilterInputStream {

        private final SplittableRandom random;

        Trickle(InputStream in, SplittableRandom random) {
            super(in);
            this.random = random;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int most = random.nextInt(10) == 0 ? 1 + random.nextInt(10) : 1 + random.nextInt(20_000);
            return super.read(into, offset, Math.min(length, most));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--xyz", "--xyz\r\n", "--xyz\r\nA: b\r\n", "--xyz\r\n\r\n", "--xyz\r\n\r\nabc",
        "--xyz\r\n\r\nabc\r\n--xy", "--xyz\r\n\r\nabc\r\n--xyz", "--xyz\r\n\r\nabc\r\n--xyz-",
        "--xyzz\r\n\r\nabc\r\n--xyz--",
        "--xyz\n\nabc\n--xyz--", "--xyz\r\nno colon\r\n\r\n\r\n--xyz--", "--xyz\r\n: x\r\n\r\n\r\n--xyz--",
        "--xyz\r\nA : x\r\n\r\n\r\n--xyz--", "--xyz\r\n A: x\r\n\r\n\r\n--xyz--",
        "--xyz\r\nA: x\r\n folded\r\n\r\n\r\n--xyz--",
        "--xyz\r\nA: x\r\na: y\r\n\r\n\r\n--xyz--", "--xyz\r\nA: x\ny\r\n\r\n\r\n--xyz--",
        "--xyz\r\nA: x\u0000\r\n\r\n\r\n--xyz--",
        "--xyz\r\nA: x\ry\r\n\r\n\r\n--xyz--", "--xyz\r\n\r\nabc\r\n--xyz...\r\n\r\n\r\n--xyz--"})
    void refuses_what_is_malformed_or_cut_off(String body) {
        MultipartReader reader = reader(body);
        assertThatThrownBy(() -> contents(reader)).as(body).isInstanceOf(BadMultipartException.class);
        assertThat(reader.failure()).containsInstanceOf(BadMultipartException.class);
    }

    @Test
    void refuses_a_header_that_is_not_utf8() {
        byte[] body = "--xyz\r\nA: \u00ff\r\n\r\n\r\n--xyz--".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> reader(new ByteArrayInputStream(body)).next()).hasMessageContaining("not UTF-8");
    }

    @Test
    void bounds_headers_and_what_stands_around() {
        String longLine = "A: " + "x".repeat(MultipartReader.MAX_HEADER);
        assertThatThrownBy(() -> reader("--xyz\r\n" + longLine + "\r\n\r\n\r\n--xyz--").next())
                .hasMessage("part 1: the headers have more than " + MultipartReader.MAX_HEADER + " bytes");
        StringBuilder many = new StringBuilder("--xyz\r\n");
        for (int i = 0; i <= MultipartReader.MAX_HEADERS; i++) {
            many.append("A").append(i).append(": x\r\n");
        }
        assertThatThrownBy(() -> reader(many + "\r\n\r\n--xyz--").next()).hasMessageContaining("more than 32 headers");
        assertThatThrownBy(() -> reader("x".repeat(10_000) + "\r\n--xyz--").next())
                .hasMessageContaining("does not begin with its boundary");
        assertThatThrownBy(() -> reader("--xyz--" + "x".repeat(10_000)).next())
                .hasMessageContaining("more follows the closing boundary");
    }

    /** A header line without end, as long as anybody cares to send. */
    @Test
    void endless_input_is_given_up_early() {
        Endless endless = new Endless("--xyz\r\nA: ");
        assertThatThrownBy(() -> reader(endless).next()).isInstanceOf(BadMultipartException.class);
        assertThat(endless.given).isLessThan(200_000);
    }

    private static final class Endless extends InputStream {

        private final byte[] begin;
        private long given;

        Endless(String begin) {
            this.begin = begin.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int read() {
            long at = given++;
            return at < begin.length ? begin[(int) at] : 'x';
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            for (int i = 0; i < length; i++) {
                into[offset + i] = (byte) read();
            }
            return length;
        }
    }

    @Test
    void failure_of_the_stream_itself_is_told_apart() {
        IOException gone = new IOException("gone");
        MultipartReader reader = reader(new FilterInputStream(InputStream.nullInputStream()) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                throw gone;
            }
        });
        assertThatThrownBy(reader::next).isSameAs(gone);
        assertThat(reader.failure()).containsSame(gone);
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data", "multipart/mixed; boundary=x", "text/plain; boundary=x", "",
        "multipart/form-data; boundary=", "multipart/form-data; boundary=\"\"", "multipart/form-data; boundary=\"a \"",
        "multipart/form-data; boundary=\"a\u0001\"", "multipart/form-data; boundary=a; boundary=b",
        "multipart/form-data; boundary=12345678901234567890123456789012345678901234567890123456789012345678901"})
    void takes_only_forms_with_a_boundary(String type) {
        assertThat(MultipartReader.of(Optional.of(type), InputStream.nullInputStream())).as(type).isEmpty();
        assertThat(MultipartReader.of(Optional.empty(), InputStream.nullInputStream())).isEmpty();
    }

    @Test
    void takes_a_quoted_boundary() {
        assertThat(MultipartReader.of(Optional.of("Multipart/Form-Data; charset=utf-8; Boundary=\"a b:c\""),
                InputStream.nullInputStream())).isPresent();
    }
}
