package io.pinfold.ipfsnode.dag;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.RefusalException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/** Finds the links of DAG-JSON: maps whose only entry has the key {@code /} and a text. Used once. */
final class JsonLinks {

    private static final int MAX_DEPTH = CborLinks.MAX_DEPTH;
    private static final String RESERVED = "/";

    /** Names come from strangers, so they are not kept; depth is bounded here, before the parser's own bound. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH + 1)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final JsonParser parser;
    private final List<Cid> links = new ArrayList<>();
    private int depth;

    private JsonLinks(JsonParser parser) {
        this.parser = parser;
    }

    static List<Cid> of(Bytes bytes) throws RefusalException {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes.toArray())) {
            JsonLinks scan = new JsonLinks(parser);
            scan.scan();
            return scan.links;
        } catch (JacksonException e) {
            throw new RefusalException(Kind.MALFORMED, "block is not JSON: " + e.getOriginalMessage());
        }
    }

    private void scan() throws RefusalException {
        JsonToken token = next();
        do {
            token = take(token);
        } while (depth > 0);
        if (token != null) {
            throw new RefusalException(Kind.TRAILING, "something follows the value");
        }
    }

    /** Takes {@code token}, and with it a link that it begins; gives the token behind. */
    private @Nullable JsonToken take(@Nullable JsonToken token) throws RefusalException {
        if (token == null) {
            throw new RefusalException(Kind.TRUNCATED, "block ends within a JSON value");
        }
        if (token.isStructStart()) {
            if (depth++ == MAX_DEPTH) {
                throw new RefusalException(Kind.TOO_DEEP, "nested deeper than " + MAX_DEPTH);
            }
            return token == JsonToken.START_OBJECT ? map() : next();
        }
        if (token.isStructEnd()) {
            depth--;
        }
        return next();
    }

    private @Nullable JsonToken map() throws RefusalException {
        JsonToken first = next();
        if (first != JsonToken.PROPERTY_NAME || !parser.currentName().equals(RESERVED)) {
            return first;
        }
        JsonToken value = next();
        if (value != JsonToken.VALUE_STRING) {
            return value;
        }
        String text = parser.getString();
        JsonToken behind = next();
        if (behind == JsonToken.END_OBJECT) {
            Links.add(links, Cid.parse(text));
        }
        return behind;
    }

    private @Nullable JsonToken next() {
        return parser.nextToken();
    }
}
