package io.pinfold.ipfsnode.ipns;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multibase;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.key.PrivateKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * The keys whose names this node publishes: its own, called {@value #SELF}, and named ones, each in a file of mode 0600.
 *
 * <p>File names and contents are those of Kubo's keystore ({@code key_} and the name in base32; libp2p's protobuf form), so
 * a folder of Ed25519 keys can be brought along.
 */
public final class KeyStore {

    /** What the node's own key is called. */
    public static final String SELF = "self";

    /** The greatest size of a key's name, in bytes of UTF-8. */
    public static final int MAX_NAME = 64;

    /** The most named keys. */
    public static final int MAX_KEYS = 1_000;

    private static final String PREFIX = "key_";
    private static final int MAX_FILE = 8 << 10;

    private final Path folder;
    private final PrivateKey self;
    /** Held while a key is made, so that one name does not get two. */
    private final ReentrantLock making = new ReentrantLock();

    /** The keys in {@code folder}, made when it is needed, and the node's own. */
    public KeyStore(Path folder, PrivateKey self) {
        this.folder = folder;
        this.self = self;
    }

    /** What became of asking for a key. */
    public sealed interface KeyAnswer {

        /** The key. */
        record Got(PrivateKey key) implements KeyAnswer {}

        /** There is none of that name. */
        record Unknown() implements KeyAnswer {}

        /** No key is called so, its file is damaged, or there are too many; in words for people. */
        record Failed(String detail) implements KeyAnswer {}
    }

    /** The key called {@code name}. */
    public KeyAnswer find(String name) {
        if (name.equals(SELF)) {
            return new KeyAnswer.Got(self);
        }
        Optional<String> problem = problem(name);
        return problem.isPresent() ? new KeyAnswer.Failed(problem.get()) : read(name);
    }

    /** The key called {@code name}, made of {@code random} if there is none. */
    public KeyAnswer findOrMake(String name, SecureRandom random) {
        KeyAnswer found = find(name);
        if (!(found instanceof KeyAnswer.Unknown)) {
            return found;
        }
        making.lock();
        try {
            KeyAnswer again = find(name);
            return again instanceof KeyAnswer.Unknown ? make(name, PrivateKey.generate(random)) : again;
        } finally {
            making.unlock();
        }
    }

    /** The names of all keys that can be read, the node's own among them, with the names that they publish. */
    public SortedMap<String, IpnsName> names() throws IOException {
        SortedMap<String, IpnsName> names = new TreeMap<>();
        names.put(SELF, new IpnsName(self.peerId()));
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.map(KeyStore::nameOf).flatMap(Optional::stream).limit(MAX_KEYS).forEach(name -> {
                    if (find(name) instanceof KeyAnswer.Got(PrivateKey key)) {
                        names.put(name, new IpnsName(key.peerId()));
                    }
                });
            }
        }
        return names;
    }

    private KeyAnswer read(String name) {
        try {
            return switch (PrivateKey.decode(SafeFile.read(folder.resolve(file(name)), MAX_FILE))) {
                case Decoded.Ok<PrivateKey>(PrivateKey key) -> new KeyAnswer.Got(key);
                case Decoded.Refused<PrivateKey>(Refusal refusal) ->
                    new KeyAnswer.Failed("the file of key '" + name + "' holds no usable key: " + refusal.detail());
            };
        } catch (NoSuchFileException e) {
            return new KeyAnswer.Unknown();
        } catch (IOException e) {
            return new KeyAnswer.Failed("the file of key '" + name + "' cannot be read: " + e);
        }
    }

    private KeyAnswer make(String name, PrivateKey key) {
        try {
            if (names().size() > MAX_KEYS) {
                return new KeyAnswer.Failed("there are " + MAX_KEYS + " keys, which is the most");
            }
            SafeFile.makeFolder(folder);
            SafeFile.write(folder, file(name), key.toBytes());
            return new KeyAnswer.Got(key);
        } catch (IOException e) {
            return new KeyAnswer.Failed("the file of key '" + name + "' cannot be written: " + e);
        }
    }

    private static String file(String name) {
        Bytes bytes = Bytes.copyOf(name.getBytes(StandardCharsets.UTF_8));
        return PREFIX + Multibase.BASE32.encodeBare(bytes);
    }

    private static Optional<String> nameOf(Path file) {
        String text = file.getFileName().toString();
        return text.startsWith(PREFIX)
                ? Multibase.BASE32.decodeBare(text.substring(PREFIX.length()))
                        .toOptional()
                        .map(bytes -> new String(bytes.toArray(), StandardCharsets.UTF_8))
                        .filter(name -> problem(name).isEmpty())
                : Optional.empty();
    }

    private static Optional<String> problem(String name) {
        int size = name.getBytes(StandardCharsets.UTF_8).length;
        if (name.isEmpty() || size > MAX_NAME) {
            return Optional.of("the name of a key has 1 to " + MAX_NAME + " bytes, not " + size);
        }
        boolean bad = name.indexOf('/') >= 0 || name.indexOf('\uFFFD') >= 0
                || name.codePoints()
                        .anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
        return bad ? Optional.of("the name of a key has no '/' and no control characters") : Optional.empty();
    }
}
