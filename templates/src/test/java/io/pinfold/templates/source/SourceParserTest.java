package io.pinfold.templates.source;

import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multiaddr;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SourceParserTest {

    private static final String KEY = "k51qzi5uqu5dlvj2baxnqndepeb86cbk3ng7n3i46uzyxzyqj2xjonzllnv0v8";

    private static final Multiaddr NODE = Multiaddr
            .parse("/ip4/192.0.2.7/tcp/4001/p2p/12D3KooWD3eckifWpRn9wQpMG9R9hX3sD158z7EqHWmweQAJU5SA")
            .orElseThrow();

    @ParameterizedTest
    @CsvSource({"/ipns/" + KEY + "," + KEY + ",''", "ipns://" + KEY + "/," + KEY + ",''",
        "/ipns/12D3KooWD3eckifWpRn9wQpMG9R9hX3sD158z7EqHWmweQAJU5SA/a/b,12D3KooWD3eckifWpRn9wQpMG9R9hX3sD158z7EqHWmweQAJU5SA,/a/b",
        "/ipns/cluster.example.org,cluster.example.org,''"})
    void names(String text, String name, String path) {
        assertThat(TemplateSource.parse(text)).isEqualTo(Decoded.ok(new TemplateSource.Name(name, path, List.of())));
    }

    @Test
    void namesWithNodesToConnectTo() {
        TemplateSource.Name source = new TemplateSource.Name(KEY, "/a", List.of(NODE, NODE));
        assertThat(TemplateSource.parse("/ipns/" + KEY + "/a?via=" + NODE + "&via=" + NODE))
                .isEqualTo(Decoded.ok(source));
        assertThat(source).hasToString("/ipns/" + KEY + "/a");
        for (String bad : List.of("?via=", "?via=/ip4/192.0.2.7/tcp/4001", "?via=" + NODE + "&x=1",
                "?via=" + NODE + ("&via=" + NODE).repeat(4))) {
            assertThat(TemplateSource.parse("/ipns/" + KEY + bad)).as(bad).isInstanceOf(Decoded.Refused.class);
        }
    }

    @Test
    void contentAndWebAndFiles() {
        String cid = "bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy";
        assertThat(TemplateSource.parse("/ipfs/" + cid + "/template.json"))
                .isEqualTo(Decoded.ok(new TemplateSource.Content(cid, "/template.json")));
        assertThat(TemplateSource.parse("https://example.org/t.json"))
                .isEqualTo(Decoded.ok(new TemplateSource.Web(URI.create("https://example.org/t.json"))));
        assertThat(TemplateSource.parse("http://127.0.0.1:8080/t.json")).isInstanceOf(Decoded.Ok.class);
        assertThat(TemplateSource.parse("http://[::1]/t")).isInstanceOf(Decoded.Ok.class);
        assertThat(TemplateSource.parse("template.json"))
                .isEqualTo(Decoded.ok(new TemplateSource.LocalFile(Path.of("template.json"))));
        assertThat(TemplateSource.parse("/etc/pinfold/t.json")).isInstanceOf(Decoded.Ok.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "/ipfs/", "/ipfs/hello", "/ipns/", "/ipns/hello", "/ipns/..", "/ipns/a b.org",
        "http://example.org/t", "http://127.0.0.1.example.org/", "http://localhost.example.org/",
        "https://ann:pw@example.org/",
        "https:///t", "https://", "ftp://example.org/t", "file:///etc/passwd", "https://exa mple.org/", "/tmp/\u0000",
        "ipfs:///x", "http://0x7f.1/", "http://127.0.0.1@example.org/"})
    void refused(String text) {
        assertThat(TemplateSource.parse(text)).isInstanceOf(Decoded.Refused.class);
    }

    @Test
    void redirectsNeverLeadFromHttpsToHttp() {
        URI secure = URI.create("https://example.org/a");
        URI local = URI.create("http://127.0.0.1/a");
        assertThat(WebRules.allowsRedirect(secure, URI.create("https://other.example/"))).isTrue();
        assertThat(WebRules.allowsRedirect(local, secure)).isTrue();
        assertThat(WebRules.allowsRedirect(local, URI.create("http://localhost/b"))).isTrue();
        assertThat(WebRules.allowsRedirect(secure, local)).isFalse();
        assertThat(WebRules.allowsRedirect(local, URI.create("http://example.org/"))).isFalse();
    }
}
