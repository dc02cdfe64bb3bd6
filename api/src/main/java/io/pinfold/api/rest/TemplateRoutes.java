package io.pinfold.api.rest;

import io.pinfold.api.http.Call;
import io.pinfold.api.http.Reply;
import io.pinfold.api.http.Router;
import io.pinfold.follower.view.TemplateOperations;
import io.pinfold.multiformats.Bytes;
import java.util.Optional;

/** {@code POST /template/publish?key=NAME}, the template as JSON in the body: put into IPFS by this peer's node. */
final class TemplateRoutes {

    private static final int MAX_BODY = 256 << 10;

    private final TemplateOperations templates;

    TemplateRoutes(TemplateOperations templates) {
        this.templates = templates;
    }

    void addTo(Router router) {
        router.add("POST", "/template/publish", Strictly.of(this::publish));
    }

    private Reply publish(Call call) throws BadParameterException {
        Optional<byte[]> body = call.request().body(MAX_BODY);
        if (body.isEmpty()) {
            return Reply.problem(413, "the body is longer than " + MAX_BODY + " bytes");
        }
        String key = call.query().get("key").orElseThrow(() -> new BadParameterException("key", "the name of a key"));
        return Replies.value(templates.publish(Bytes.copyOf(body.get()), key), (json, published) -> {
            json.writeStartObject();
            json.writeStringProperty("name", "/ipns/" + published.name());
            json.writeStringProperty("content", "/ipfs/" + published.content());
            json.writeEndObject();
        });
    }
}
