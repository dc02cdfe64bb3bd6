package io.pinfold.multiformats;

import io.pinfold.multiformats.Multiaddr.Component;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads and writes addresses: components of a code, and a value that is preceded by its length if that varies. */
final class MultiaddrCodec {

    private MultiaddrCodec() {}

    static Decoded<Multiaddr> parse(String text) {
        return Decoded.attempt(() -> {
            if (text.length() > Multiaddr.MAX_TEXT) {
                throw new RefusalException(Refusal.Kind.TOO_LONG, "address of " + text.length() + " characters");
            }
            if (!text.startsWith("/")) {
                throw new RefusalException(Refusal.Kind.MALFORMED,
                        "an address begins with a slash: " + AddressValue.excerpt(text));
            }
            String[] parts = (text.endsWith("/") ? text.substring(0, text.length() - 1) : text).split("/", -1);
            List<Component> components = new ArrayList<>();
            int at = 1;
            while (at < parts.length) {
                String label = parts[at++];
                Protocol protocol = Protocol.named(label)
                        .orElseThrow(() -> new RefusalException(
                                Refusal.Kind.UNSUPPORTED, "unknown address protocol " + AddressValue.excerpt(label)));
                if (!protocol.value().isPresent()) {
                    add(components, new Component(protocol, Bytes.EMPTY));
                } else if (at < parts.length) {
                    add(components, Component.parse(protocol, parts[at++]).orRefuse());
                } else {
                    throw new RefusalException(Refusal.Kind.TRUNCATED,
                            "address ends where the value of " + label + " belongs");
                }
            }
            return complete(components);
        });
    }

    static Decoded<Multiaddr> decode(Bytes bytes) {
        return Decoded.attempt(() -> {
            if (bytes.size() > Multiaddr.MAX_BYTES) {
                throw new RefusalException(Refusal.Kind.TOO_LONG, "address of " + bytes.size() + " bytes");
            }
            ByteReader in = new ByteReader(bytes);
            List<Component> components = new ArrayList<>();
            while (in.remaining() > 0) {
                long code = in.readVarint();
                Protocol protocol = Protocol.coded(code)
                        .orElseThrow(
                                () -> new RefusalException(Refusal.Kind.UNSUPPORTED,
                                        "unknown address protocol code " + code));
                add(components, new Component(protocol, protocol.value().read(in)));
            }
            return complete(components);
        });
    }

    static Bytes encode(List<Component> components) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Component component : components) {
            out.writeBytes(Varint.encode(component.protocol().code()));
            if (!component.protocol().value().isFixed()) {
                out.writeBytes(Varint.encode(component.value().size()));
            }
            out.writeBytes(component.value().toArray());
        }
        return Bytes.copyOf(out.toByteArray());
    }

    private static void add(List<Component> components, Component component) throws RefusalException {
        if (components.size() == Multiaddr.MAX_COMPONENTS) {
            throw new RefusalException(Refusal.Kind.TOO_MANY,
                    "address of more than " + Multiaddr.MAX_COMPONENTS + " components");
        }
        components.add(component);
    }

    private static Multiaddr complete(List<Component> components) throws RefusalException {
        Optional<Refusal> problem = problem(components);
        if (problem.isPresent()) {
            throw new RefusalException(problem.get());
        }
        return new Multiaddr(components);
    }

    /** Why {@code components} are no address, if they are none. */
    static Optional<Refusal> problem(List<Component> components) {
        if (components.isEmpty()) {
            return Optional.of(new Refusal(Refusal.Kind.TRUNCATED, "address is empty"));
        }
        if (components.size() > Multiaddr.MAX_COMPONENTS) {
            return Optional.of(new Refusal(Refusal.Kind.TOO_MANY, "address of " + components.size() + " components"));
        }
        int size = encode(components).size();
        return size <= Multiaddr.MAX_BYTES
                ? Optional.empty()
                : Optional.of(new Refusal(Refusal.Kind.TOO_LONG, "address of " + size + " bytes"));
    }
}
