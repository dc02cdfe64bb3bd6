package io.pinfold.templates.source;

import io.pinfold.ipfs.BackendAddress;
import io.pinfold.ipfs.Backends;
import io.pinfold.ipfs.IpfsConfig;
import io.pinfold.ipfs.IpfsNode;
import io.pinfold.multiformats.Cid;
import io.pinfold.templates.Template;
import io.pinfold.templates.TemplatePublisher;
import io.pinfold.templates.TestTemplates;
import io.pinfold.templates.json.TemplateJson;
import io.pinfold.testkit.KuboNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A publisher's Kubo node and a volunteer's. */
@Timeout(120)
class TemplatesOnKuboIT {

    private static final Duration WAIT = Duration.ofSeconds(20);

    private static IpfsNode open(KuboNode kubo) {
        return Backends.open((BackendAddress.Kubo) BackendAddress.parse("ipfs://" + kubo.apiHostPort()).orElseThrow(),
                IpfsConfig.DEFAULT,
                InstantSource.system(), new SplittableRandom());
    }

    private static LoadResult load(IpfsNode node, String source, Duration timeout) {
        return new TemplateLoader(node, timeout).load(TemplateSource.parse(source).orElseThrow());
    }

    private static Fault fault(LoadResult result) {
        if (result instanceof LoadResult.Failed failed) {
            return failed.fault();
        }
        throw new AssertionError(result);
    }

    @Test
    void whatOnePublishesUnderANameTheOtherFinds() {
        List<KuboNode> nodes = KuboNode.startAll(2);
        try (KuboNode publisher = nodes.get(0);
                KuboNode volunteer = nodes.get(1);
                IpfsNode here = open(publisher);
                IpfsNode there = open(volunteer)) {
            Template template = TestTemplates.full();
            TemplatePublisher.Outcome outcome = new TemplatePublisher(here).publish(template, "pinfold-template");
            assertThat(outcome).isInstanceOf(TemplatePublisher.Outcome.Published.class);
            var published = (TemplatePublisher.Outcome.Published) outcome;
            String name = "/ipns/" + published.name();
            LoadResult expected = new LoadResult.Loaded(template, TemplateJson.write(template));

            assertThat(fault(load(there, name, Duration.ofSeconds(2)))).isEqualTo(Fault.NAME_NOT_FOUND);
            assertThat(fault(load(there, "/ipfs/" + published.content(), Duration.ofSeconds(2))))
                    .isEqualTo(Fault.CONTENT_NOT_FOUND);
            volunteer.connectTo(publisher);
            assertThat(load(there, name, WAIT)).isEqualTo(expected);
            assertThat(load(there, "/ipfs/" + published.content(), WAIT)).isEqualTo(expected);

            assertThat(new TemplatePublisher(here).publish(TestTemplates.other(), "pinfold-template"))
                    .as("the name stays, the content changes")
                    .isInstanceOfSatisfying(TemplatePublisher.Outcome.Published.class, again -> {
                        assertThat(again.name()).isEqualTo(published.name());
                        assertThat(again.content()).isNotEqualTo(published.content());
                    });
        }
    }

    @Test
    void whatIsNoFileOfATemplatesSizeAndANodeThatIsAway(@TempDir Path folder) throws Exception {
        try (KuboNode kubo = KuboNode.start(); IpfsNode node = open(kubo)) {
            var large = Files.write(folder.resolve("large"), new byte[TemplateJson.MAX_BYTES + 2]);
            String file = kubo.cli("add", "-Q", large.toString()).strip();
            String directory = kubo.cli("add", "-Q", "-w", large.toString()).strip();

            assertThat(fault(load(node, "/ipfs/" + file, WAIT))).isEqualTo(Fault.NO_FILE);
            assertThat(fault(load(node, "/ipfs/" + directory, WAIT))).isEqualTo(Fault.NO_FILE);
            kubo.stop();
            assertThat(fault(load(node, "/ipfs/" + Cid.raw(TemplateJson.write(TestTemplates.full())), WAIT)))
                    .isEqualTo(Fault.IPFS_NODE_AWAY);
        }
    }
}
