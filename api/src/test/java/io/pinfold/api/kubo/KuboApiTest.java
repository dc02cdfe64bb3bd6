package io.pinfold.api.kubo;

import io.pinfold.api.RawHttp;
import io.pinfold.api.SmallNode;
import io.pinfold.api.TestServer;
import io.pinfold.api.http.Cors;
import io.pinfold.api.http.HttpConfig;
import io.pinfold.multiformats.Cid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Each command in the shapes that Kubo 0.43 has. */
class KuboApiTest {

    private static final String ABSENT = "bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeq";

    private static SmallNode node;
    private static TestServer server;

    @BeforeAll
    static void start() {
        node = new SmallNode();
        server = TestServer.of(new HttpConfig(List.of(TestServer.LOOPBACK), Map.of(), Cors.NONE, Map.of(),
                HttpConfig.Limits.DEFAULT, new HttpConfig.Manner(false, true, true)), KuboApi.routes(node.view()));
    }

    @AfterAll
    static void stop() {
        server.close();
        node.close();
    }

    private static RawHttp.Answer ask(String command, String... headers) throws IOException {
        return server.http().ask("POST", "/api/v0/" + command, headers);
    }

    private static void fails(String command, String message) throws IOException {
        RawHttp.Answer answer = ask(command);
        assertThat(answer.status()).as(command).isEqualTo(500);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.body()).as(command)
                .isEqualTo("{\"Message\":\"" + message.replace("\"", "\\\"") + "\",\"Code\":0,\"Type\":\"error\"}\n");
    }

    @Test
    void tells_who_it_is() throws IOException {
        assertThat(ask("version").body())
                .startsWith("{\"Version\":\"0.1.0\",\"Commit\":\"\",\"Repo\":\"\",\"System\":\"");
        RawHttp.Answer id = ask("id");
        assertThat(id.body()).startsWith("{\"ID\":\"12D3KooW")
                .contains("\"PublicKey\":\"CAES", "\"AgentVersion\":\"pinfold/0.1.0\"", "/ipfs/bitswap/1.2.0");
        assertThat(ask("swarm/peers").body()).isEqualTo("{\"Peers\":null}\n");
        assertThat(ask("id?arg=12D3KooW9tPkqoap32V19grMnff6dTcwD6rtC8E9rTbJ8aPpVJ4T").status()).isEqualTo(500);
    }

    @Test
    void gives_blocks() throws IOException {
        RawHttp.Answer block = ask("block/get?arg=" + node.hello);
        assertThat(block.body()).isEqualTo(SmallNode.HELLO);
        assertThat(block.header("content-type")).isEqualTo("application/vnd.ipld.raw");
        assertThat(block.header("x-stream-output")).isEqualTo("1");
        assertThat(ask("block/stat?arg=" + node.root + "/a.txt").body())
                .isEqualTo("{\"Key\":\"" + node.hello + "\",\"Size\":6}\n");
        fails("block/get?arg=bogus", "invalid path \"bogus\": path does not have enough components");
        fails("block/get?offline=true&arg=" + ABSENT,
                "block was not found locally (offline): ipld: could not find " + ABSENT);
        assertThat(ask("block/get?timeout=0s&arg=" + ABSENT).body()).contains("did not come in time");
    }

    @Test
    void reads_files_and_parts_of_them() throws IOException {
        String large = new String(SmallNode.largeContent(), StandardCharsets.ISO_8859_1);
        RawHttp.Answer part = ask("cat?arg=" + node.root + "/large&offset=998&length=3");
        assertThat(part.header("x-content-length")).isEqualTo("3");
        assertThat(part.header("trailer")).isEqualTo("X-Stream-Error");
        assertThat(part.trailers()).isEmpty();
        assertThat(part.body()).isEqualTo(new String(large.substring(998, 1001).getBytes(StandardCharsets.ISO_8859_1),
                StandardCharsets.UTF_8));
        assertThat(ask("cat?arg=" + node.root + "/a.txt&arg=" + node.root + "/a.txt&offset=4&length=4").body())
                .isEqualTo("o\nhe");
        assertThat(ask("cat?arg=" + node.root + "/a.txt&offset=9223372036854775807").body()).isEmpty();
        assertThat(ask("cat?arg=" + node.root + "/link").body()).isEqualTo("a.txt");
        fails("cat?arg=" + node.root, "this dag node is a directory");
        fails("cat?arg=" + node.root + "/nope", "no link named \"nope\" under " + node.root);
        fails("cat?offset=-1&arg=" + node.hello, "cannot specify negative offset");
        fails("cat?length=-1&arg=" + node.hello, "cannot specify negative length");
    }

    @Test
    void lists_folders() throws IOException {
        String file = "{\"Name\":\"a.txt\",\"Hash\":\"" + node.hello
                + "\",\"Size\":6,\"Type\":2,\"Target\":\"\",\"Mode\":0,\"ModTime\":\"0001-01-01T00:00:00Z\"}";
        assertThat(ask("ls?arg=" + node.root).body())
                .startsWith("{\"Objects\":[{\"Hash\":\"" + node.root + "\",\"Links\":[" + file + ",")
                .contains("\"Size\":" + SmallNode.LARGE, "\"Type\":4,\"Target\":\"a.txt\"", "\"Type\":1");
        RawHttp.Answer stream = ask("ls?stream=1&arg=" + node.root);
        assertThat(stream.header("x-chunked-output")).isEqualTo("1");
        assertThat(stream.body().lines()).hasSize(4)
                .first()
                .isEqualTo("{\"Objects\":[{\"Hash\":\"" + node.root + "\",\"Links\":[" + file + "]}]}");
        assertThat(ask("ls?arg=" + node.hello).body()).contains("\"Links\":[]");
        assertThat(ask("ls?arg=" + node.large).body().split("\"Name\":\"\"", -1)).hasSize(12);
        assertThat(ask("resolve?arg=/ipfs/" + node.root + "/sub/%C3%BC.txt").body())
                .startsWith("{\"Path\":\"/ipfs/bafk");
    }

    @Test
    void lists_pins() throws IOException {
        assertThat(ask("pin/ls?type=recursive&names=true").body())
                .isEqualTo("{\"Keys\":{\"" + node.root + "\":{\"Type\":\"recursive\",\"Name\":\"mine\"}}}\n");
        assertThat(ask("pin/ls?type=recursive&stream=true&names=true").body())
                .isEqualTo("{\"Cid\":\"" + node.root + "\",\"Name\":\"mine\",\"Type\":\"recursive\"}\n");
        assertThat(ask("pin/ls?type=direct").body()).isEqualTo("{}\n");
        assertThat(ask("pin/ls?type=direct&stream=true").body()).isEmpty();
        assertThat(ask("pin/ls?name=other").body()).isEqualTo("{}\n");
        assertThat(ask("pin/ls").body()).contains(node.root + "\":{\"Type\":\"recursive\",\"Name\":\"\"}",
                node.hello + "\":{\"Type\":\"indirect\"").doesNotContain(node.loose.toString());
        assertThat(ask("pin/ls?arg=" + node.root + "/a.txt").body())
                .contains("\"indirect through " + node.root + "\"");
        fails("pin/ls?arg=" + node.loose, "path '" + node.loose + "' is not pinned");
        fails("pin/ls?type=direct&arg=" + node.root, "path '" + node.root + "' is not pinned");
        fails("pin/ls?type=foo", "invalid type 'foo', must be one of {direct, indirect, recursive, all}");
    }

    @Test
    void exports_graphs() throws IOException {
        RawHttp.Answer car = ask("dag/export?arg=" + node.root);
        assertThat(car.header("content-type")).isEqualTo("application/vnd.ipld.car");
        assertThat(car.body()).contains("eroots", SmallNode.HELLO);
        assertThat(car.trailers()).isEmpty();
        assertThat(ask("dag/export?offline=true&arg=" + ABSENT).status()).isEqualTo(500);
    }

    @Test
    void tells_what_is_stored() throws IOException {
        assertThat(ask("repo/stat").body()).matches(
                "\\{\"RepoSize\":\\d+,\"StorageMax\":107374182400,\"NumObjects\":\\d+,\"RepoPath\":\".+\",\"Version\":\".+\"}\n");
        assertThat(ask("repo/stat?size-only=true").body())
                .contains("\"NumObjects\":0,\"RepoPath\":\"\",\"Version\":\"\"");
        assertThat(ask("refs/local").body())
                .contains("{\"Ref\":\"" + node.loose + "\",\"Err\":\"\"}\n",
                        "{\"Ref\":\"" + Cid.v1(0x55, node.root.hash()) + "\",\"Err\":\"\"}\n");
        assertThat(ask("repo/verify").body())
                .endsWith("{\"Msg\":\"verify complete, all blocks validated.\",\"Progress\":0}\n");
    }

    @Test
    void collects_what_no_pin_keeps() throws IOException {
        try (SmallNode own = new SmallNode();
                TestServer its = TestServer.of(HttpConfig.at(TestServer.LOOPBACK), KuboApi.routes(own.view()))) {
            RawHttp.Answer collected = its.http().ask("POST", "/api/v0/repo/gc?totals=true");
            assertThat(collected.body()).matches("\\{\"Blocks\":42,\"Bytes\":\\d+}\n");
            assertThat(own.view().blocks().has(own.loose)).isFalse();
            assertThat(own.view().blocks().has(own.hello)).isTrue();
            assertThat(its.http().ask("POST", "/api/v0/repo/gc").body()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cat", "ls", "block/get", "block/stat", "dag/export", "resolve"})
    void wants_arguments(String command) throws IOException {
        RawHttp.Answer answer = ask(command);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).matches("argument \"[a-z-]+\" is required\n");
        assertThat(ask(command + "?arg=").status()).isEqualTo(500);
        assertThat(ask(command + "?arg=" + "/..".repeat(500)).status()).isEqualTo(500);
        assertThat(ask(command + "?arg=/ipfs/" + node.root + "/x".repeat(300)).status()).isEqualTo(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cat?offset=foo", "cat?offset=1e3", "cat?length=99999999999999999999", "cat?timeout=foo",
        "cat?timeout=-1s", "cat?offline=maybe", "ls?stream=2", "pin/ls?names=x", "repo/stat?size-only=no",
        "repo/gc?totals=?",
        "cat?offset=1&offset=2", "cat?arg=%zz"})
    void refuses_bad_options(String command) throws IOException {
        RawHttp.Answer answer = ask(
                command + (command.startsWith("cat?o") ? "&arg=" + node.hello : "&arg=" + node.root));
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.header("content-type")).isEqualTo("text/plain; charset=utf-8");
    }

    @Test
    void is_for_posts_to_known_commands() throws IOException {
        RawHttp.Answer get = server.http().ask("GET", "/api/v0/id");
        assertThat(get.status()).isEqualTo(405);
        assertThat(get.body()).isEqualTo("405 - Method Not Allowed\n");
        assertThat(get.header("allow")).isEqualTo("OPTIONS, POST");
        for (String path : Arrays.asList("/api/v0/nope", "/api/v0/", "/api/v0", "/", "/api/v0/block/../id",
                "/api/v1/id")) {
            RawHttp.Answer unknown = server.http().ask("POST", path);
            assertThat(unknown.status()).as(path).isEqualTo(404);
            assertThat(unknown.body()).as(path).isEqualTo("404 page not found\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Origin: http://evil.example", "Origin: null", "Origin: http://127.0.0.1:5001",
        "Referer: http://evil.example/x", "User-Agent: Mozilla/5.0 (X11)", "Host: evil.example"})
    void refuses_web_pages(String header) throws IOException {
        RawHttp.Answer answer = ask("id", header);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).doesNotContain("12D3");
    }
}
