package io.pinfold.ipfsnode.ipns;

import io.pinfold.ipfsnode.ipns.NamePath.Root;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.testing.TestKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class NamePathTest {

    private static final IpnsName NAME = new IpnsName(TestKeys.key(1).peerId());
    private static final String PEER = "/ip4/192.0.2.7/tcp/4001/p2p/" + TestKeys.key(2).peerId();

    @Test
    void a_key_a_path_and_peers_to_ask_are_told_apart() {
        NamePath path = NamePath.parse("/ipns/" + NAME + "/a/b?c/?via=" + PEER + "&via=" + PEER).orElseThrow();
        assertThat(path.root()).isEqualTo(new Root.Key(NAME));
        assertThat(path.rest()).isEqualTo("/a/b?c");
        assertThat(path.via()).hasSize(2).containsOnly(Multiaddr.parse(PEER).orElseThrow());
    }

    @Test
    void a_domain_is_taken_in_lower_case_without_its_last_dot() {
        NamePath path = NamePath.parse("/ipns/Docs.Example.ORG./x").orElseThrow();
        assertThat(path.root()).isEqualTo(new Root.Domain("docs.example.org"));
        assertThat(path.rest()).isEqualTo("/x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/ipns/", "/ipfs/bafkqaaa", "ipns/example.org", "/ipns/example", "/ipns/exa mple.org",
        "/ipns/-a.org", "/ipns/a..org", "/ipns/example.org?via=", "/ipns/example.org?via=/ip4/127.0.0.1/tcp/1",
        "/ipns/example.org?via=/ip4/127.0.0.1/tcp/1&x=1"})
    void what_is_no_path_is_refused(String text) {
        assertThat(NamePath.parse(text)).isInstanceOf(Decoded.Refused.class);
    }

    @Test
    void more_peers_than_four_are_refused() {
        assertThat(NamePath.parse("/ipns/example.org?via=" + PEER + ("&via=" + PEER).repeat(3)))
                .isInstanceOf(Decoded.Ok.class);
        assertThat(NamePath.parse("/ipns/example.org?via=" + PEER + ("&via=" + PEER).repeat(4)))
                .isInstanceOf(Decoded.Refused.class);
    }
}
