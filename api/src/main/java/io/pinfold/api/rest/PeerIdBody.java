package io.pinfold.api.rest;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads the body of {@code POST /peers}: an object whose one field is {@code peer_id}, and nothing after it. */
final class PeerIdBody {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final String FIELD = "peer_id";

    private PeerIdBody() {}

    static String read(byte[] body) throws BadParameterException {
        try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), body)) {
            boolean opened = json.nextToken() == JsonToken.START_OBJECT && FIELD.equals(json.nextName());
            if (opened && json.nextToken() == JsonToken.VALUE_STRING) {
                String id = json.getString();
                if (json.nextToken() == JsonToken.END_OBJECT && json.nextToken() == null) {
                    return id;
                }
            }
        } catch (JacksonException _) {
            throw new BadParameterException("body", "not JSON");
        }
        throw new BadParameterException("body", "must be {\"" + FIELD + "\": \"…\"}");
    }
}
