package io.pinfold.api.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Checks user names and passwords (RFC 7617). Only digests are kept and compared, in a time that tells neither how much
 * of a password was right nor whether the user exists.
 */
final class BasicAuth {

    private static final String SCHEME = "basic ";
    private static final String CHALLENGE = "Basic realm=\"Restricted IPFS Cluster API\", charset=\"UTF-8\"";
    private static final byte[] NOBODY = new byte[32];

    private final Map<String, byte[]> digests = new TreeMap<>();

    /** Admits the given users; without any, everybody. */
    BasicAuth(Map<String, String> passwords) {
        passwords.forEach((user, password) -> digests.put(user, digest(password)));
    }

    /** Nothing if the request may pass, or what to answer. */
    Optional<Reply> refuse(Request request) {
        if (digests.isEmpty() || request.header("Authorization").filter(this::admits).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(Reply.problem(401, "unauthorized: a user name and password are needed, and must be right")
                .with("WWW-Authenticate", CHALLENGE));
    }

    private boolean admits(String authorization) {
        if (!authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return false;
        }
        Optional<String> pair = base64(authorization.substring(SCHEME.length()).strip());
        int colon = pair.map(text -> text.indexOf(':')).orElse(-1);
        if (colon <= 0) {
            return false;
        }
        String user = pair.get().substring(0, colon);
        byte[] given = digest(pair.get().substring(colon + 1));
        return MessageDigest.isEqual(digests.getOrDefault(user, NOBODY), given);
    }

    private static Optional<String> base64(String text) {
        try {
            return Optional.of(new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static byte[] digest(String password) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(password.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
