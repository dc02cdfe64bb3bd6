package io.pinfold.follower.peers;

import io.pinfold.follower.view.Answer;
import io.pinfold.follower.view.Failure;
import io.pinfold.follower.view.TemplateOperations;
import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.IpfsNode;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import io.pinfold.templates.Template;
import io.pinfold.templates.TemplatePublisher;
import io.pinfold.templates.TemplatePublisher.Outcome;
import io.pinfold.templates.json.TemplateJson;

/** Publishes templates of one cluster through an IPFS node. */
public record NodeTemplates(IpfsNode node, Cid cluster) implements TemplateOperations {

    @Override
    public Answer<Published> publish(Bytes json, String keyName) {
        return switch (TemplateJson.read(json)) {
            case Decoded.Refused<Template>(Refusal refusal) ->
                Answer.failed(new Failure.Invalid("template", refusal.detail()));
            case Decoded.Ok<Template>(Template template) -> template.clusterId().equals(cluster)
                    ? published(new TemplatePublisher(node).publish(template, keyName))
                    : Answer.failed(new Failure.Invalid("template", "it is of the cluster " + template.clusterId()
                            + ", and this peer's is " + cluster));
        };
    }

    private static Answer<Published> published(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Published(String name, Cid content) -> Answer.done(new Published(name, content));
            case Outcome.NotAdded(BackendFailure failure) -> Answer.failed(new Failure.BackendAway(failure.detail()));
            case Outcome.NotNamed(Cid _, BackendFailure failure) ->
                Answer.failed(new Failure.BackendAway(failure.detail()));
        };
    }
}
