package io.pinfold.api.http;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PathPatternTest {

    @Test
    void matches_literals_variables_choices_and_the_rest() {
        assertThat(PathPattern.of("/pins").match(List.of("pins"))).contains(Map.of());
        assertThat(PathPattern.of("/pins/{cid}/recover").match(List.of("pins", "x", "recover")))
                .contains(Map.of("cid", "x"));
        assertThat(PathPattern.of("/pins/{kind:ipfs|ipns}/{path...}").match(List.of("pins", "ipns", "a", "b", "c")))
                .contains(Map.of("kind", "ipns", "path", "a/b/c"));
    }

    @Test
    void does_not_match_other_lengths_choices_or_empty_variables() {
        assertThat(PathPattern.of("/pins/{cid}").match(List.of("pins"))).isEmpty();
        assertThat(PathPattern.of("/pins/{cid}").match(List.of("pins", ""))).isEmpty();
        assertThat(PathPattern.of("/pins/{cid}").match(List.of("pins", "a", "b"))).isEmpty();
        assertThat(PathPattern.of("/pins/{kind:ipfs|ipns}/{path...}").match(List.of("pins", "other", "a"))).isEmpty();
        assertThat(PathPattern.of("/pins/{kind:ipfs|ipns}/{path...}").match(List.of("pins", "ipfs"))).isEmpty();
    }
}
