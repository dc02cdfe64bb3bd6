package io.pinfold.cli.service;

import io.pinfold.cli.console.CommandGroup;
import io.pinfold.cli.console.Complaint;
import io.pinfold.follower.config.PeerConfig;
import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.IpfsNode;
import io.pinfold.multiformats.Cid;
import io.pinfold.templates.Template;
import io.pinfold.templates.TemplatePublisher;
import io.pinfold.templates.TemplatePublisher.Outcome;
import io.pinfold.templates.json.TemplateJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code template}. */
@Command(name = "template", description = "what others need to join this peer's cluster", subcommands = {
    TemplateCommand.Show.class, TemplateCommand.Publish.class})
final class TemplateCommand extends CommandGroup {

    /** {@code template show}. */
    @Command(name = "show", description = "print the template, which may be passed on as a file")
    static final class Show extends FolderCommand {

        @Override
        void run(Service service, PeerFolder folder) throws Complaint {
            PeerConfig config = new Configuration(service.console(), folder).load(List.of());
            try (IpfsNode node = IpfsNodes.open(config, service.console().clock())) {
                byte[] json = TemplateJson.write(OwnTemplate.of(folder, config, node)).toArray();
                service.console().out().print(new String(json, StandardCharsets.UTF_8));
                service.console().out().flush();
            }
        }
    }

    /** {@code template publish}. */
    @Command(name = "publish", description = "put the template into IPFS and print the /ipns/ name that stays")
    static final class Publish extends FolderCommand {

        @Option(names = "--key", paramLabel = "NAME", description = "the IPFS node's key to publish under, made if it is not there (default: one for each cluster)")
        private @Nullable String key;

        @Override
        void run(Service service, PeerFolder folder) throws Complaint {
            PeerConfig config = new Configuration(service.console(), folder).load(List.of());
            try (IpfsNode node = IpfsNodes.open(config, service.console().clock())) {
                Template template = OwnTemplate.of(folder, config, node);
                publish(service.printout(), template, node);
            }
        }

        private void publish(Printout printout, Template template, IpfsNode node) throws Complaint {
            String cluster = template.clusterId().toString();
            String keyName = key == null ? "pinfold-" + cluster.substring(cluster.length() - 8) : key;
            switch (new TemplatePublisher(node).publish(template, keyName)) {
                case Outcome.Published(String name, Cid content) -> printout.show("/ipns/" + name + "\n",
                        JsonNodeFactory.instance.objectNode()
                                .put("name", "/ipns/" + name)
                                .put("content", "/ipfs/" + content));
                case Outcome.NotAdded(BackendFailure failure) -> throw new Complaint(
                        "error: the template was not published: " + failure.detail() + "; is the IPFS node up?",
                        ServiceExit.TEMPLATE);
                case Outcome.NotNamed(Cid content, BackendFailure failure) -> throw new Complaint(
                        "error: the template is in IPFS as /ipfs/" + content + ", and no name leads to it: "
                                + failure.detail(),
                        ServiceExit.TEMPLATE);
            }
        }
    }
}
