package io.pinfold.api.gateway;

import io.pinfold.api.RawHttp;
import io.pinfold.api.SmallNode;
import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.IpfsNode;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Multihash;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.car.CarReader;
import io.pinfold.multiformats.dagpb.DagPb;
import io.pinfold.multiformats.dagpb.PbLink;
import io.pinfold.multiformats.dagpb.PbNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the gateway gives. */
class GatewayApiTest extends GatewayFixture {

    private static final String ABSENT = "bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeq";

    @Test
    void gives_blocks() throws IOException {
        RawHttp.Answer block = get("/ipfs/" + node.hello + "?format=raw");
        assertThat(block.status()).isEqualTo(200);
        assertThat(block.body()).isEqualTo(SmallNode.HELLO);
        assertThat(block.headers()).containsEntry("content-type", "application/vnd.ipld.raw")
                .containsEntry("content-length", "6")
                .containsEntry("x-content-type-options", "nosniff")
                .containsEntry("etag", "\"" + node.hello + ".raw\"")
                .containsEntry("cache-control", "public, max-age=29030400, immutable")
                .containsEntry("x-ipfs-path", "/ipfs/" + node.hello)
                .containsEntry("content-disposition", "attachment; filename=\"" + node.hello
                        + ".bin\"; filename*=UTF-8''" + node.hello + ".bin")
                .doesNotContainKey("content-location");
        RawHttp.Answer accepted = get("/ipfs/" + node.hello, "Accept: text/html;q=0.1, application/vnd.ipld.raw");
        assertThat(accepted.body()).isEqualTo(SmallNode.HELLO);
        assertThat(accepted.header("content-location")).isEqualTo("/ipfs/" + node.hello + "?format=raw");
        assertThat(get("/ipfs/bafkqaaa?format=raw").status()).isEqualTo(200);
    }

    @Test
    void tells_by_head_what_get_would_say() throws IOException {
        RawHttp.Answer head = server.http().ask("HEAD", "/ipfs/" + node.hello + "?format=raw");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("content-length")).isEqualTo("6");
        assertThat(head.body()).isEmpty();
        byte[] car = server.http()
                .exchange("HEAD /ipfs/" + node.root
                        + "?format=car HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(new String(car, StandardCharsets.ISO_8859_1)).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n");
        assertThat(server.http().ask("HEAD", "/ipfs/" + ABSENT + "?format=raw").status()).isEqualTo(404);
    }

    @Test
    void spares_who_has_it_already() throws IOException {
        for (String target : List.of("/ipfs/" + node.root + "?format=raw", "/ipfs/" + node.root + "?format=car")) {
            String tag = get(target).header("etag");
            assertThat(get(target, "If-None-Match: \"x\", " + tag).status()).as(target).isEqualTo(304);
            assertThat(get(target, "If-None-Match: W/\"x\"").status()).as(target).isEqualTo(200);
        }
        assertThat(get("/ipfs/" + node.root + "?format=car").header("etag"))
                .isNotEqualTo(get("/ipfs/" + node.root + "?format=car&dag-scope=block").header("etag"))
                .isNotEqualTo(get("/ipfs/" + node.root + "?format=car&entity-bytes=0:5").header("etag"))
                .isNotEqualTo(get("/ipfs/" + node.root + "?format=car&car-dups=y").header("etag"));
    }

    @Test
    void gives_archives_of_what_a_path_leads_to() throws IOException {
        assertThat(car("/ipfs/" + node.root + "/sub/%C3%BC.txt?format=car")).hasSize(3).first().isEqualTo(node.root);
        assertThat(car("/ipfs/" + node.root + "?format=car&dag-scope=block")).containsExactly(node.root);
        assertThat(car("/ipfs/" + node.root + "?format=car&dag-scope=entity")).containsExactly(node.root);
        assertThat(car("/ipfs/" + node.root + "?format=car")).hasSize(5 + 11 + 1);
        assertThat(car("/ipfs/" + node.large + "?format=car&entity-bytes=1000:1999")).hasSize(2);
        assertThat(car("/ipfs/" + node.large + "?format=car&entity-bytes=999:1000")).hasSize(3);
        assertThat(car("/ipfs/" + node.large + "?format=car&entity-bytes=-501:*")).hasSize(3);
        assertThat(car("/ipfs/" + node.large + "?format=car&entity-bytes=0:-10500")).hasSize(2);
        assertThat(car("/ipfs/" + node.large + "?format=car&entity-bytes=20000:30000")).containsExactly(node.large);
        assertThat(car("/ipfs/" + node.large + "?format=car&entity-bytes=0:9223372036854775807")).hasSize(12);
        assertThat(car("/ipfs/" + node.root + "/nope?format=car")).containsExactly(node.root);
        assertThat(car("/ipfs/bafkqaaa?format=car")).isEmpty();
    }

    @Test
    void says_how_an_archive_is_made() throws IOException {
        RawHttp.Answer car = get("/ipfs/" + node.root + "/a.txt",
                "Accept: application/vnd.ipld.car;version=1;order=dfs;dups=y, application/vnd.ipld.raw;q=0.5");
        assertThat(car.header("content-type")).isEqualTo("application/vnd.ipld.car; version=1; order=dfs; dups=y");
        assertThat(car.header("content-location")).isEqualTo("/ipfs/" + node.root
                + "/a.txt?format=car&car-dups=y&car-order=dfs&car-version=1");
        assertThat(car.header("x-ipfs-roots")).isEqualTo(node.root + "," + node.hello);
        assertThat(get("/ipfs/" + node.root + "?format=car&car-dups=n", "Accept: application/vnd.ipld.car;dups=y")
                .header("content-type")).endsWith("dups=n");
    }

    @Test
    void gives_nothing_that_is_not_here() throws IOException {
        assertThat(get("/ipfs/" + ABSENT + "?format=raw").status()).isEqualTo(404);
        assertThat(get("/ipfs/" + ABSENT + "?format=car").status()).isEqualTo(404);
        assertThat(get("/ipfs/" + ABSENT + "?format=raw", "Cache-Control: only-if-cached").status()).isEqualTo(412);
        assertThat(get("/ipfs/" + ABSENT + "?format=car", "Cache-Control: only-if-cached").status()).isEqualTo(412);
        assertThat(get("/ipfs/" + node.hello + "?format=raw", "Cache-Control: only-if-cached").status()).isEqualTo(200);
    }

    @Test
    void cuts_an_archive_that_it_cannot_finish() throws IOException {
        Cid absent = Cid.parse(ABSENT).orElseThrow();
        Cid small = folderOf(List.of(absent));
        assertThat(get("/ipfs/" + small + "?format=car").status()).isEqualTo(404);
        assertThat(get("/ipfs/" + small + "/0?format=car").status()).isEqualTo(404);
        Cid large = folderOf(List.of(put(1), put(2), absent));
        assertThatThrownBy(() -> get("/ipfs/" + large + "?format=car")).hasMessageContaining("the chunks end early");
    }

    private static Cid put(int seed) {
        byte[] data = new byte[100_000];
        new Random(seed).nextBytes(data);
        return put(Bytes.copyOf(data), Multicodec.RAW);
    }

    private static Cid put(Bytes data, long codec) {
        Cid cid = Cid.v1(codec, Multihash.sha256(data));
        assertThat(node.view().node().putBlocks(List.of(new Block(cid, data)))).isInstanceOf(Answer.Got.class);
        return cid;
    }

    private static Cid folderOf(List<Cid> children) {
        List<PbLink> links = new ArrayList<>();
        for (Cid child : children) {
            Bytes name = Bytes.copyOf(new byte[]{(byte) ('0' + links.size())});
            links.add(new PbLink(child, Optional.of(name), OptionalLong.of(1)));
        }
        return put(DagPb.encode(new PbNode(links, Optional.of(Bytes.copyOf(new byte[]{8, 1})))), Multicodec.DAG_PB);
    }

    @Test
    void gives_records_of_names() throws IOException {
        assertThat(node.view().node().publishName("self", node.root, Duration.ofHours(1)))
                .isInstanceOf(Answer.Got.class);
        PeerId self = ((Answer.Got<IpfsNode.NodeIdentity>) node.view().node().identity()).value().id();
        for (String name : List.of(self.toString(), self.toCid().toString())) {
            RawHttp.Answer record = get("/ipns/" + name + "?format=ipns-record");
            assertThat(record.status()).as(name).isEqualTo(200);
            assertThat(record.body()).contains("/ipfs/" + node.root);
            assertThat(record.headers()).containsEntry("content-type", "application/vnd.ipfs.ipns-record")
                    .containsEntry("cache-control", "public, max-age=300");
            assertThat(get("/ipns/" + name, "Accept: application/vnd.ipfs.ipns-record",
                    "If-None-Match: " + record.header("etag")).status()).isEqualTo(304);
        }
        assertThat(get("/ipns/" + self + "?format=raw").status()).isEqualTo(406);
        assertThat(get("/ipns/" + self + "/x?format=ipns-record").status()).isEqualTo(400);
        assertThat(get("/ipns/example.org?format=ipns-record").status()).isEqualTo(400);
        assertThat(get("/ipns/12D3KooW9tPkqoap32V19grMnff6dTcwD6rtC8E9rTbJ8aPpVJ4T?format=ipns-record").status())
                .isEqualTo(404);
    }

    private static List<Cid> car(String target) throws IOException {
        byte[] answer = server.http().exchange("GET " + target + " HTTP/1.0\r\nHost: localhost\r\n\r\n");
        int body = new String(answer, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
        CarReader reader = CarReader.open(new ByteArrayInputStream(answer, body, answer.length - body)).orElseThrow();
        List<Cid> blocks = new ArrayList<>();
        for (Optional<Block> next = reader.next().orElseThrow(); next.isPresent(); next = reader.next().orElseThrow()) {
            blocks.add(next.get().cid());
        }
        return blocks;
    }
}
