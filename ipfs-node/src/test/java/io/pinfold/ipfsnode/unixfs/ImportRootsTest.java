package io.pinfold.ipfsnode.unixfs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The roots of our importer are those that Kubo gave; ImportRootsIT asks Kubo again. */
class ImportRootsTest {

    @Test
    void rootsAreThoseOfKubo() throws IOException {
        Map<String, String> known = known();
        List<RootCase> cases = RootCase.all();
        assertThat(cases).hasSizeGreaterThan(60).hasSameSizeAs(known.entrySet());
        Map<String, String> ours = new LinkedHashMap<>();
        cases.forEach(root -> ours.put(root.key(), root.root()));
        assertThat(ours).containsExactlyInAnyOrderEntriesOf(known);
    }

    /** The roots that are written down, by the keys of their cases. */
    static Map<String, String> known() throws IOException {
        Map<String, String> roots = new LinkedHashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(ImportRootsTest.class.getResourceAsStream("roots-of-kubo.txt")), UTF_8))) {
            for (String line : lines.lines().filter(text -> !text.startsWith("#")).toList()) {
                int behindKey = line.lastIndexOf(' ');
                roots.put(line.substring(0, behindKey), line.substring(behindKey + 1));
            }
        }
        return roots;
    }
}
