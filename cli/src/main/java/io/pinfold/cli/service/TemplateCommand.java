package io.pinfold.cli.service;

import io.pinfold.cli.console.CommandGroup;
import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.console.Console;
import io.pinfold.cli.ctl.rest.RestClient;
import io.pinfold.cli.ctl.rest.RestOutcome;
import io.pinfold.cli.ctl.rest.RestRequest;
import io.pinfold.follower.config.PeerConfig;
import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.IpfsNode;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.templates.Template;
import io.pinfold.templates.TemplatePublisher;
import io.pinfold.templates.TemplatePublisher.Outcome;
import io.pinfold.templates.json.TemplateJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code template}. */
@Command(name = "template", description = "what others need to join this peer's cluster", subcommands = {
    TemplateCommand.Show.class, TemplateCommand.Publish.class})
final class TemplateCommand extends CommandGroup {

    /** The template as it is now; the node within the peer needs no addresses of its own in it. */
    private static Template template(Service service, PeerFolder folder, PeerConfig config) throws Complaint {
        return config.pinning().isEmbedded()
                ? OwnTemplate.of(folder, config, Stream.empty())
                : IpfsNodes.use(config, folder.swarmKey(), service.console().clock(),
                        node -> OwnTemplate.of(folder, config, OwnTemplate.ipfs(node)));
    }

    /** {@code template show}. */
    @Command(name = "show", description = "print the template, which may be passed on as a file")
    static final class Show extends FolderCommand {

        @Override
        void run(Service service, PeerFolder folder) throws Complaint {
            PeerConfig config = new Configuration(service.console(), folder).load(List.of());
            byte[] json = TemplateJson.write(template(service, folder, config)).toArray();
            service.console().out().print(new String(json, StandardCharsets.UTF_8));
            service.console().out().flush();
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
            Template template = template(service, folder, config);
            String cluster = template.clusterId().toString();
            String keyName = key == null ? "pinfold-" + cluster.substring(cluster.length() - 8) : key;
            JsonNode published = config.pinning().isEmbedded()
                    ? publishByPeer(template, keyName, LocalApi.of(config))
                    : IpfsNodes.use(config, folder.swarmKey(), service.console().clock(),
                            node -> publish(template, keyName, node));
            String name = published.path("name").asString("");
            service.printout().show(name + "\n", published);
            if (config.pinning().isEmbedded()) {
                template.bootstrap().stream().findFirst().ifPresent(address -> hint(service.console(), name, address));
            }
        }

        /** Without routers nobody knows the names of a node within a peer, so volunteers name the peer too. */
        private static void hint(Console console, String name, Multiaddr address) {
            console.err().println("volunteers: cluster-service init --template '" + name + "?via=" + address + "'");
            console.err().flush();
        }

        /** The IPFS node is the peer's own, so the peer is asked. */
        private static JsonNode publishByPeer(Template template, String keyName, RestClient api) throws Complaint {
            List<JsonNode> answers = new ArrayList<>();
            RestRequest request = RestRequest.post("/template/publish")
                    .with("key", keyName)
                    .withBody(TemplateJson.write(template));
            return switch (api.send(request, answers::add)) {
                case RestOutcome.Done _ when !answers.isEmpty() -> answers.getFirst();
                case RestOutcome.Done _ -> throw new Complaint("error: the peer did not say what it published",
                        ServiceExit.TEMPLATE);
                case RestOutcome.Refused(int _, String message) -> throw new Complaint(
                        "error: the template was not published: " + message, ServiceExit.TEMPLATE);
                case RestOutcome.NoAnswer(String sentence) -> throw new Complaint(sentence
                        + "\nThe IPFS node is within the peer: start it with cluster-service daemon, then publish",
                        ServiceExit.TEMPLATE);
            };
        }

        private static JsonNode publish(Template template, String keyName, IpfsNode node) throws Complaint {
            return switch (new TemplatePublisher(node).publish(template, keyName)) {
                case Outcome.Published(String name, Cid content) -> JsonNodeFactory.instance.objectNode()
                        .put("name", "/ipns/" + name)
                        .put("content", "/ipfs/" + content);
                case Outcome.NotAdded(BackendFailure failure) -> throw new Complaint(
                        "error: the template was not published: " + failure.detail() + "; is the IPFS node up?",
                        ServiceExit.TEMPLATE);
                case Outcome.NotNamed(Cid content, BackendFailure failure) -> throw new Complaint(
                        "error: the template is in IPFS as /ipfs/" + content + ", and no name leads to it: "
                                + failure.detail(),
                        ServiceExit.TEMPLATE);
            };
        }
    }
}
