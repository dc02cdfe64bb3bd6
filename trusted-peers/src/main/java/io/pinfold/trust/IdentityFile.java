package io.pinfold.trust;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.key.PrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file {@code identity.json} that keeps a peer's private key: {@code {"id": …, "private_key": …}}, the key in base64
 * of libp2p's protobuf form. ipfs-cluster writes the same, so an identity can be brought along.
 *
 * <p>The file is readable by its owner alone; one that is not is made so, with a warning.
 */
public final class IdentityFile {

    /** The greatest size of the file that is read, in bytes. */
    public static final int MAX_BYTES = 64 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(IdentityFile.class);
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Path path;

    /** The file at {@code path}, which need not exist. */
    public IdentityFile(Path path) {
        this.path = path;
    }

    /**
     * What the file holds.
     *
     * @throws IOException if the file is there and cannot be read
     */
    public IdentityReading read() throws IOException {
        byte[] bytes;
        try {
            if (Files.size(path) > MAX_BYTES) {
                return refused("is larger than an identity file can be");
            }
            bytes = Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            return new IdentityReading.Missing();
        }
        if (PrivateFiles.restrict(path)) {
            LOG.warn("{} could be read by others; now only its owner can", path);
        }
        try {
            return parse(JSON.readTree(bytes));
        } catch (JacksonException e) {
            return refused("is not JSON");
        }
    }

    /**
     * Writes {@code identity} to the file, which must not exist, wholly or not at all.
     *
     * @throws java.nio.file.FileAlreadyExistsException if it exists
     * @throws IOException if it cannot be written
     */
    public void create(Identity identity) throws IOException {
        String json = "{\n    \"id\": \"" + identity.id() + "\",\n    \"private_key\": \""
                + Base64.getEncoder().encodeToString(identity.key().toBytes().toArray()) + "\"\n}\n";
        PrivateFiles.create(path, json);
    }

    private IdentityReading parse(JsonNode json) {
        JsonNode id = json.path("id");
        JsonNode key = json.path("private_key");
        if (!id.isString() || !key.isString()) {
            return refused("does not have the texts \"id\" and \"private_key\"");
        }
        Bytes message;
        try {
            message = Bytes.copyOf(Base64.getDecoder().decode(key.asString()));
        } catch (IllegalArgumentException e) {
            return refused("has a private key that is not base64");
        }
        return switch (PrivateKey.decode(message)) {
            case Decoded.Ok<PrivateKey>(PrivateKey decoded) -> check(decoded, id.asString());
            case Decoded.Refused<PrivateKey>(Refusal refusal) -> refusal.kind() == Refusal.Kind.UNSUPPORTED
                    ? refused("has a private key that is not of type Ed25519 (" + refusal.detail()
                            + "); create a new identity and have the operators trust its peer id")
                    : refused("has a malformed private key");
        };
    }

    private IdentityReading check(PrivateKey key, String id) {
        return PeerId.parse(id).toOptional().filter(key.peerId()::equals).isPresent()
                ? new IdentityReading.Loaded(new Identity(key))
                : refused("has an id that is not that of its private key, which is " + key.peerId());
    }

    private IdentityReading refused(String reason) {
        return new IdentityReading.Refused(path + " " + reason + ".");
    }
}
