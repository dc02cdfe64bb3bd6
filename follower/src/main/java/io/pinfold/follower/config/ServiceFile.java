package io.pinfold.follower.config;

import io.pinfold.follower.config.value.RawValue;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads {@code service.json}: an object a section, a member a key; only what is set stands there. */
final class ServiceFile {

    /** Largest file that is read. */
    static final int MAX_BYTES = 1 << 20;

    private static final int MAX_DEPTH = 8;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Schema schema;

    ServiceFile(Schema schema) {
        this.schema = schema;
    }

    /** Sets what {@code path} says; a file that is not there says nothing. */
    void read(Path path, Settings settings) {
        Origin origin = new Origin.File(path);
        try {
            JsonNode root = MAPPER.readTree(text(path));
            if (root.isObject()) {
                section("", root, origin, settings);
            } else {
                settings.report(new ConfigProblem.BadFile(path, "the file must hold one JSON object"));
            }
        } catch (NoSuchFileException _) {
            return;
        } catch (JacksonException e) {
            settings.report(new ConfigProblem.BadFile(path, "not valid JSON" + place(e.getLocation())));
        } catch (IOException e) {
            settings.report(new ConfigProblem.BadFile(path, "cannot be read: " + e.getMessage()));
        }
    }

    /** Where the parser stopped; its message is left out, since it may repeat a secret. */
    private static String place(@Nullable TokenStreamLocation location) {
        return location == null || location.getLineNr() < 1
                ? ""
                : " at line " + location.getLineNr() + ", column " + location.getColumnNr()
                        + ", or a member stands twice";
    }

    private static String text(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException("larger than " + MAX_BYTES + " bytes");
            }
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        }
    }

    private void section(String prefix, JsonNode object, Origin origin, Settings settings) {
        object.properties().forEach(member -> {
            String id = prefix + member.getKey();
            Optional<Key<?>> key = schema.find(id);
            if (key.isPresent()) {
                value(key.get(), member.getValue(), origin, settings);
            } else if (member.getValue().isObject() && schema.hasSection(id)) {
                section(id + ".", member.getValue(), origin, settings);
            } else {
                settings.report(new ConfigProblem.UnknownKey(id, origin, Nearest.of(id, schema.names())));
            }
        });
    }

    private static void value(Key<?> key, JsonNode node, Origin origin, Settings settings) {
        switch (JsonValues.raw(node)) {
            case Decoded.Ok<RawValue>(RawValue raw) -> settings.set(key, raw, origin);
            case Decoded.Refused<RawValue>(Refusal refusal) -> settings.report(new ConfigProblem.InvalidValue(key.id(),
                    "***", origin, key.type().expected(), refusal.detail()));
        }
    }
}
