package io.pinfold.api.rest;

import io.pinfold.api.FakePeer;
import io.pinfold.api.RawHttp;
import io.pinfold.api.Samples;
import io.pinfold.api.TestServer;
import io.pinfold.follower.view.AddRequest;
import io.pinfold.follower.view.AddRequest.Goal;
import io.pinfold.follower.view.AddRequest.Layout;
import io.pinfold.follower.view.Failure;
import io.pinfold.follower.view.PinMode;
import io.pinfold.follower.view.Replication;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multicodec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AddRoutesTest {

    private static final String FORM = "Content-Type: multipart/form-data; boundary=b";
    private static final String HELLO = part("hello.txt", "hello");

    private final FakePeer peer = new FakePeer();
    private final TestServer server = TestServer.of(peer);

    @AfterEach
    void close() {
        server.close();
    }

    private static String part(String name, String content) {
        return "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name + "\"\r\n\r\n" + content
                + "\r\n";
    }

    private static Cid cid(String text) {
        return Cid.raw(Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8)));
    }

    private RawHttp.Answer post(String query, String body) throws IOException {
        return server.http().send("POST", "/add" + query, body, FORM);
    }

    private AddRequest request(String query) throws IOException {
        assertThat(post(query, HELLO + "--b--").status()).as(query).isEqualTo(200);
        return peer.adding.requests.getLast();
    }

    @Test
    void tells_what_is_added_line_by_line() throws IOException {
        RawHttp.Answer answer = post("?progress=true", HELLO + part("d%2Fb", "") + "--b--\r\n");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.header("x-chunked-output")).isEqualTo("1");
        assertThat(answer.header("trailer")).isEqualTo("X-Stream-Error");
        assertThat(answer.trailers()).containsEntry("x-stream-error", "");
        assertThat(answer.body().lines()).containsExactly(
                "{\"name\":\"hello.txt\",\"cid\":null,\"bytes\":5}",
                "{\"name\":\"hello.txt\",\"cid\":\"" + cid("hello") + "\",\"size\":5,\"allocations\":[\""
                        + Samples.PEER_1
                        + "\"]}",
                "{\"name\":\"d/b\",\"cid\":null,\"bytes\":0}",
                "{\"name\":\"d/b\",\"cid\":\"" + cid("") + "\",\"size\":0,\"allocations\":[\"" + Samples.PEER_1
                        + "\"]}");
        assertThat(peer.adding.files).containsExactly("hello.txt=hello", "d/b=");
        assertThat(peer.adding.requests.getLast().progress()).isTrue();
    }

    @Test
    void tells_all_together_if_asked_to() throws IOException {
        RawHttp.Answer answer = post("?stream-channels=false", HELLO + "--b--");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).startsWith("[{\"name\":\"hello.txt\",\"cid\":null").endsWith("]}]");
    }

    @Test
    void reads_chunked_uploads() throws IOException {
        byte[] raw = server.http()
                .exchange("POST /add HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n"
                        + FORM + "\r\n\r\n" + Integer.toHexString(HELLO.length()) + "\r\n" + HELLO
                        + "\r\n5\r\n--b--\r\n0\r\n\r\n");
        assertThat(RawHttp.parse(raw).status()).isEqualTo(200);
        assertThat(peer.adding.files).containsExactly("hello.txt=hello");
    }

    @Test
    void records_come_while_the_upload_goes_on() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(server.endpoint());
            OutputStream out = socket.getOutputStream();
            out.write(("POST /add HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000000\r\n" + FORM + "\r\n\r\n"
                    + HELLO + "--b")
                    .getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            BufferedReader in = new BufferedReader(
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String line = in.readLine();
            while (!line.contains("\"bytes\":5")) {
                line = in.readLine();
            }
            assertThat(line).contains("hello.txt");
        }
    }

    @Test
    void a_CAR_is_the_only_file() throws IOException {
        assertThat(post("?format=car", HELLO + "--b--").trailers()).containsEntry("x-stream-error", "");
        assertThat(post("?format=car&stream-channels=false", HELLO + HELLO + "--b--").body())
                .contains("\"code\":400", "more files follow the CAR");
        assertThat(post("?format=car&stream-channels=false", "--b--").body()).contains("a CAR is uploaded as one file");
    }

    @Test
    void every_option_arrives() throws IOException {
        AddRequest request = request("?cid-version=1&raw-leaves=F&chunker=size-1000&hash=blake3&wrap-with-directory=1"
                + "&name=n&mode=direct&replication-min=2&replication-max=3&meta-a=b&layout=balanced&hidden=TRUE&recursive=t"
                + "&local=true&user-allocations=" + Samples.PEER_2
                + "&expire-in=1h&format=unixfs&shard=false&nocopy=0");
        assertThat(request.layout()).isEqualTo(new Layout(1, Multicodec.BLAKE3, 1000, false));
        assertThat(request.wrap()).isTrue();
        assertThat(request.progress()).isFalse();
        assertThat(request.preserveMode() || request.preserveMtime()).isFalse();
        Goal.Cluster goal = (Goal.Cluster) request.goal();
        assertThat(goal.options().name()).isEqualTo("n");
        assertThat(goal.options().mode()).isEqualTo(PinMode.DIRECT);
        assertThat(goal.options().replication()).isEqualTo(Replication.between(2, 3));
        assertThat(goal.options().metadata()).containsEntry("a", "b");
        assertThat(goal.options().userAllocations()).containsExactly(Samples.PEER_2);
        assertThat(goal.options().expireAt()).contains(Samples.NOW.plusSeconds(3600));
    }

    @Test
    void defaults_are_those_of_ipfs_add() throws IOException {
        assertThat(request("").layout()).isEqualTo(Layout.DEFAULT);
        assertThat(request("?cid-version=1").layout()).isEqualTo(new Layout(1, Multicodec.SHA2_256, 262_144, true));
        assertThat(request("?hash=sha2-512&chunker=default").layout())
                .isEqualTo(new Layout(1, Multicodec.SHA2_512, 262_144, true));
        assertThat(request("?raw-leaves=true").layout()).isEqualTo(new Layout(0, Multicodec.SHA2_256, 262_144, true));
        assertThat(request("?no-pin=true").goal()).isEqualTo(new Goal.Nothing());
    }

    @ParameterizedTest
    @CsvSource({"layout=trickle,balanced is", "layout=x,balanced is", "chunker=rabin,size-BYTES is",
        "chunker=rabin-1-2-3,size-BYTES is", "chunker=buzhash,size-BYTES is", "chunker=size-0,size-BYTES is",
        "chunker=size-2096897,size-BYTES is", "chunker=size-,size-BYTES is", "chunker=size-9999999999,size-BYTES is",
        "hash=md5,sha2-256", "hash=sha3-512,sha2-256", "cid-version=2,0 or 1", "cid-version=-1,0 or 1",
        "cid-version=0&hash=blake3,sha2-256 only", "format=zip,unixfs or car", "shard=true,not supported",
        "nocopy=true,always stored", "format=car&wrap-with-directory=true,cannot be wrapped",
        "raw-leaves=yes,true or false",
        "hidden=2,true or false", "recursive=on,true or false", "local=x,true or false", "progress=x,true or false",
        "no-pin=x,true or false", "stream-channels=x,true or false", "wrap-with-directory=x,true or false",
        "mode=x,recursive or direct", "replication=x,whole number", "expire-in=x,invalid expire-in"})
    void bad_parameters_are_answered_before_anything_is_read(String query, String why) throws IOException {
        RawHttp.Answer answer = server.http().send("POST", "/add?" + query, "", FORM, "Content-Length: 100000");
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains(why);
        assertThat(peer.adding.requests).isEmpty();
    }

    @Test
    void a_peer_that_may_not_pin_refuses_before_anything_is_read() throws IOException {
        peer.adding.hindrance = Optional.of(new Failure.NotAWriter(Failure.NotAWriter.Why.KEY_NOT_TRUSTED));
        RawHttp.Answer answer = server.http()
                .send("POST", "/add", "", FORM, "Content-Length: 100000", "Expect: 100-continue");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(peer.adding.requests).isEmpty();
    }

    @Test
    void takes_forms_only() throws IOException {
        assertThat(server.http().send("POST", "/add", "x", "Content-Type: text/plain").status()).isEqualTo(400);
        assertThat(server.http().send("POST", "/add", "x").body()).contains("multipart/form-data");
        assertThat(server.http().ask("GET", "/add").status()).isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--b", "--b\r\n",
        "--b\r\nContent-Disposition: form-data; filename=\"..\"\r\n\r\nx\r\n--b--"})
    void a_bad_form_is_a_400_before_the_first_record(String body) throws IOException {
        for (String query : new String[]{"", "?stream-channels=false"}) {
            RawHttp.Answer answer = post(query, body);
            assertThat(answer.status()).as(body + query).isEqualTo(400);
            assertThat(answer.body()).contains("\"code\":400");
        }
    }

    @Test
    void later_errors_are_in_the_trailer_or_instead_of_the_array() throws IOException {
        String cut = HELLO + "--b\r\nContent-Disposition: form-data; filename=\"a%2F..\"\r\n\r\nx";
        RawHttp.Answer streamed = post("", cut);
        assertThat(streamed.status()).isEqualTo(200);
        assertThat(streamed.trailers().get("x-stream-error")).contains("part 2", "two dots");
        RawHttp.Answer together = post("?stream-channels=false", cut);
        assertThat(together.status()).isEqualTo(400);
        assertThat(together.body()).contains("part 2");
        peer.adding.failure = Optional.of(new Failure.NotStored("the disk is full"));
        assertThat(post("", HELLO + "--b--").trailers().get("x-stream-error")).contains("the disk is full");
        RawHttp.Answer full = post("?stream-channels=false", HELLO + "--b--");
        assertThat(full.status()).isEqualTo(500);
        assertThat(full.body()).contains("\"code\":500", "the disk is full");
    }
}
