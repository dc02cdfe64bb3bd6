package io.pinfold.cli.ctl.text;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class GraphTextTest {

    private static String text(String json) {
        return new GraphText().of(new JsonMapper().readTree(json));
    }

    @Test
    void draws_this_peer_trusted_ones_others_and_their_nodes() {
        assertThat(text("""
                {"cluster_id":"a","id_to_peername":{"a":"one","b":"two","c":"three"},"ipfs_links":{"x":[],"y":["x"]},
                 "cluster_links":{"a":["b","c"],"b":[]},"cluster_trust_links":{"a":false,"b":true,"c":false},
                 "cluster_to_ipfs":{"a":"x","c":"y"}}
                """)).isEqualTo("""
                digraph cluster {
                    C0 [label="one\\na" peripheries=2]
                    T0 [label="two\\nb"]
                    C1 [label="three\\nc"]
                    I0 [shape=box label="IPFS\\nx"]
                    I1 [shape=box label="IPFS\\ny"]
                    C0 -> I0
                    C0 -> T0
                    C0 -> C1
                    C1 -> I1
                    I1 -> I0
                }
                """);
    }

    @Test
    void names_of_strangers_stay_names() {
        assertThat(text("{\"cluster_id\":\"a\",\"id_to_peername\":{\"a\":\"x\\\"];\\\\ \\u001b[1m\"}}"))
                .contains("label=\"x\\\"];\\\\ \uFFFD[1m\\na\"");
        assertThat(text("[]")).startsWith("digraph cluster {");
    }
}
