package io.pinfold.templates;

import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.BackendFailure.Kind;
import io.pinfold.multiformats.Cid;
import io.pinfold.templates.TemplatePublisher.Outcome;
import io.pinfold.templates.json.TemplateJson;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TemplatePublisherTest {

    private static final BackendFailure AWAY = new BackendFailure(Kind.UNREACHABLE, "connection refused");

    private final ScriptedNode node = new ScriptedNode();
    private final TemplatePublisher publisher = new TemplatePublisher(node);
    private final Template template = TestTemplates.full();
    private final Cid content = Cid.raw(TemplateJson.write(template));

    @Test
    void theFileIsPinnedUnderANameOfItsOwnAndNamed() {
        assertThat(publisher.publish(template, "pinfold")).isEqualTo(new Outcome.Published("pinfold", content));
        assertThat(node.names).containsEntry("/ipns/pinfold", content);
        assertThat(node.pinNames.get(content)).isEqualTo("pinfold-template/" + template.clusterId())
                .doesNotStartWith("pinfold/");
    }

    @Test
    void eachStepTellsItsFailure() {
        node.namingFailure = Optional.of(AWAY);
        assertThat(publisher.publish(template, "pinfold")).isEqualTo(new Outcome.NotNamed(content, AWAY));
        node.failure = Optional.of(AWAY);
        assertThat(publisher.publish(template, "pinfold")).isEqualTo(new Outcome.NotAdded(AWAY));
    }
}
