package io.pinfold.api.kubo;

import io.pinfold.api.RawHttp;
import io.pinfold.api.SmallNode;
import io.pinfold.api.TestServer;
import io.pinfold.api.http.HttpConfig;
import io.pinfold.ipfsnode.pins.PinStatus;
import io.pinfold.ipfsnode.view.Reach;
import io.pinfold.multiformats.Cid;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Files and archives go in by forms; the CIDs are those that Kubo makes. */
class AddCommandsTest {

    private static SmallNode node;
    private static TestServer server;

    @BeforeAll
    static void start() {
        node = new SmallNode();
        server = TestServer.of(HttpConfig.at(TestServer.LOOPBACK), KuboApi.routes(node.holder).orElseThrow());
    }

    @AfterAll
    static void stop() {
        server.close();
        node.close();
    }

    private static RawHttp.Answer send(String command, String... files) throws IOException {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < files.length; i += 2) {
            body.append("--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"")
                    .append(files[i])
                    .append("\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                    .append(files[i + 1])
                    .append("\r\n");
        }
        return server.http()
                .send("POST", "/api/v0/" + command, body + "--xyz--\r\n",
                        "Content-Type: multipart/form-data; boundary=xyz");
    }

    @Test
    void adds_files_and_pins_them() throws IOException {
        RawHttp.Answer one = send("add", "x.txt", "hello\n");
        assertThat(one.body())
                .isEqualTo(
                        "{\"Name\":\"x.txt\",\"Hash\":\"QmZULkCELmmk5XNfCgTnCyFgAVxBRBXyDHGGMVoLFLiXEN\",\"Size\":\"14\"}\n");
        assertThat(one.header("x-chunked-output")).isEqualTo("1");
        assertThat(node.view().pins().status(cid("QmZULkCELmmk5XNfCgTnCyFgAVxBRBXyDHGGMVoLFLiXEN")))
                .isInstanceOf(PinStatus.Finished.class);
        assertThat(send("add?wrap-with-directory=true&progress=true", "x.txt", "hello\n").body()).isEqualTo("""
                {"Name":"x.txt","Bytes":6}
                {"Name":"x.txt","Hash":"QmZULkCELmmk5XNfCgTnCyFgAVxBRBXyDHGGMVoLFLiXEN","Size":"14"}
                {"Name":"","Hash":"QmdNv9DQhT4zXMxvqWzmkF71hqx4pGwaJwe72MEAYAic4X","Size":"65"}
                """);
        assertThat(send("add?cid-version=1&pin=false", "y", "no pin").body()).contains("bafkrei");
        assertThat(server.http().ask("POST", "/api/v0/pin/ls?type=recursive").body()).doesNotContain("bafkrei");
        assertThat(send("add?pin-name=mine&cid-version=1", "y", "named").status()).isEqualTo(200);
        assertThat(server.http().ask("POST", "/api/v0/pin/ls?type=recursive&names=1").body())
                .contains("\"Name\":\"mine\"");
    }

    private static Cid cid(String text) {
        return Cid.parse(text).orElseThrow();
    }

    @Test
    void imports_archives_and_pins_their_roots() throws IOException {
        ByteArrayOutputStream car = new ByteArrayOutputStream();
        node.view().archives().export(node.root, Reach.HERE, car);
        try (SmallNode other = new SmallNode();
                TestServer its = TestServer.of(HttpConfig.at(TestServer.LOOPBACK),
                        KuboApi.routes(other.holder).orElseThrow())) {
            String body = "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.car\"\r\n\r\n"
                    + car.toString(StandardCharsets.ISO_8859_1) + "\r\n--xyz--\r\n";
            String head = "POST /api/v0/dag/import?stats=true HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Content-Type: multipart/form-data; boundary=xyz\r\nContent-Length: " + body.length()
                    + "\r\n\r\n";
            RawHttp.Answer answer = RawHttp.parse(its.http().exchange(head + body));
            assertThat(answer.body()).matches("\\{\"Root\":\\{\"Cid\":\\{\"/\":\"" + node.root
                    + "\"},\"PinErrorMsg\":\"\"}}\n\\{\"Stats\":\\{\"BlockCount\":17,\"BlockBytesCount\":\\d+}}\n");
        }
    }

    @Test
    void tells_what_is_wrong_with_an_archive() throws IOException {
        RawHttp.Answer broken = send("dag/import", "a.car", "this is no CAR at all");
        assertThat(broken.status()).isEqualTo(500);
        assertThat(broken.body()).startsWith("{\"Message\":\"invalid CAR: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"only-hash=true", "nocopy=1", "trickle=true", "inline=true", "hash=md5", "chunker=rabin",
        "chunker=size-0", "chunker=size-99999999", "cid-version=2", "cid-version=0&hash=sha2-512", "to-files=/x",
        "mode=0644"})
    void refuses_what_would_give_other_cids(String option) throws IOException {
        assertThat(send("add?" + option, "x", "y").status()).isEqualTo(400);
    }

    @Test
    void refuses_bad_forms() throws IOException {
        assertThat(server.http().ask("POST", "/api/v0/add").status()).isEqualTo(400);
        assertThat(server.http().ask("POST", "/api/v0/dag/import").status()).isEqualTo(400);
        assertThat(send("add", "../../x", "y").status()).isEqualTo(500);
        assertThat(send("add", "/etc/passwd", "y").status()).isEqualTo(500);
        assertThat(send("add").status()).isEqualTo(500);
        assertThat(send("dag/import").status()).isEqualTo(500);
        assertThat(send("add?pin=x", "x", "y").status()).isEqualTo(400);
        assertThat(send("add?pin-name=" + "ü".repeat(128), "x", "y").status()).isEqualTo(400);
        assertThat(server.http()
                .send("POST", "/api/v0/add", "--xyz\r\n", "Content-Type: multipart/form-data; boundary=xyz")
                .status()).isEqualTo(500);
    }
}
