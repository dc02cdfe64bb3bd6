package io.pinfold.templates;

import io.pinfold.multiformats.Cid;
import io.pinfold.templates.TemplateCheck.Verdict;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TemplateCheckTest {

    private static final Cid OURS = TestTemplates.full().clusterId();
    private static final Cid THEIRS = TestTemplates.other().clusterId();

    private static Verdict judge(Optional<Cid> remembered, Optional<Cid> expected) {
        return new TemplateCheck(remembered, expected).judge(TestTemplates.full());
    }

    @Test
    void theFirstTemplateBinds() {
        assertThat(judge(Optional.empty(), Optional.empty())).isEqualTo(new Verdict.First(OURS));
        assertThat(judge(Optional.empty(), Optional.of(OURS))).isEqualTo(new Verdict.First(OURS));
    }

    @Test
    void whatTheOperatorNamedIsBinding() {
        assertThat(judge(Optional.empty(), Optional.of(THEIRS))).isEqualTo(new Verdict.NotExpected(THEIRS, OURS));
        assertThat(judge(Optional.of(OURS), Optional.of(THEIRS))).isEqualTo(new Verdict.NotExpected(THEIRS, OURS));
    }

    @Test
    void noLaterTemplateChangesTheCluster() {
        assertThat(judge(Optional.of(OURS), Optional.empty())).isEqualTo(new Verdict.Same(OURS));
        assertThat(judge(Optional.of(THEIRS), Optional.empty())).isEqualTo(new Verdict.OtherCluster(THEIRS, OURS));
        assertThat(judge(Optional.of(THEIRS), Optional.of(OURS))).isEqualTo(new Verdict.OtherCluster(THEIRS, OURS));
    }
}
