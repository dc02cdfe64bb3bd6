package io.pinfold.ipfs;

import io.pinfold.multiformats.Decoded;
import java.util.Optional;

/**
 * Where a backend is and of which kind, as told by a connection string.
 *
 * <p>No kind prints its secrets.
 */
public sealed interface BackendAddress {

    /** Where Kubo's RPC listens when nothing else is said. */
    String DEFAULT = "ipfs://127.0.0.1:5001";

    /** How the node within the program is written. */
    String EMBEDDED = "ipfs://__context";

    /** The backend that {@code text} names; a refusal says which part of it is wrong. */
    static Decoded<BackendAddress> parse(String text) {
        return BackendAddressParser.parse(text);
    }

    /**
     * The RPC of a Kubo daemon: {@code ipfs://HOST:PORT}, {@code ipfs+http://…} or {@code ipfs+https://…}.
     *
     * @param host a name or an address; an IPv6 address without its brackets
     * @param credentials for HTTP's basic authentication
     */
    record Kubo(boolean https, String host, int port, Optional<Credentials> credentials) implements BackendAddress {

        /** The port of Kubo's RPC when nothing else is said. */
        public static final int DEFAULT_PORT = 5001;

        public Kubo {
            if (host.isEmpty()) {
                throw new IllegalArgumentException("no host");
            }
            if (port < 1 || port > 65_535) {
                throw new IllegalArgumentException("port " + port + " is not from 1 to 65535");
            }
        }

        /** {@code HOST:PORT}, an IPv6 address in brackets. */
        public String hostAndPort() {
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }

        @Override
        public String toString() {
            return (https ? "ipfs+https://" : "ipfs://") + hostAndPort();
        }
    }

    /** The IPFS node within the program: {@value BackendAddress#EMBEDDED}. */
    record Embedded() implements BackendAddress {

        @Override
        public String toString() {
            return EMBEDDED;
        }
    }

    /** A user and a password, which is never printed. */
    record Credentials(String user, String password) {

        @Override
        public String toString() {
            return user + ":***";
        }
    }
}
