package io.pinfold.templates.json;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.RefusalException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads one JSON object of bounded size and depth, without repeated members or anything behind it. */
final class StrictJson {

    private static final int MAX_DEPTH = 3;
    private static final int MAX_NAME = 256;
    private static final int MAX_NUMBER = 20;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNameLength(MAX_NAME)
                    .maxNumberLength(MAX_NUMBER)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StrictJson() {}

    static JsonNode object(Bytes json, int maxBytes) throws RefusalException {
        if (json.size() > maxBytes) {
            throw new RefusalException(Kind.TOO_LONG, "more than " + maxBytes + " bytes");
        }
        JsonNode root = tree(text(json));
        if (!root.isObject()) {
            throw new RefusalException(Kind.WRONG_TYPE, "not a JSON object");
        }
        return root;
    }

    private static String text(Bytes json) throws RefusalException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json.toArray())).toString();
        } catch (CharacterCodingException _) {
            throw new RefusalException(Kind.MALFORMED, "not UTF-8");
        }
    }

    private static JsonNode tree(String text) throws RefusalException {
        try {
            return MAPPER.readTree(text);
        } catch (StreamConstraintsException _) {
            throw new RefusalException(Kind.TOO_DEEP,
                    "deeper than " + MAX_DEPTH + " levels, or a name or number too long");
        } catch (JacksonException _) {
            throw new RefusalException(Kind.MALFORMED, "not JSON, or a member stands twice, or something follows it");
        }
    }
}
