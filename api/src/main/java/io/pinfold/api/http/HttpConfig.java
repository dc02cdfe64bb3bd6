package io.pinfold.api.http;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How an HTTP interface listens and what it lets pass.
 *
 * @param listen where; at least one
 * @param credentials passwords by user; with none, everybody who reaches it may use it
 * @param cors which web pages may use it
 * @param headers added to every answer
 * @param limits what one client may take
 * @param manner what sort of interface it is
 */
public record HttpConfig(List<ListenAddress> listen, Map<String, String> credentials, Cors cors,
        Map<String, String> headers, Limits limits, Manner manner) {

    /** An interface with pages and changes behind credentials. */
    public HttpConfig(List<ListenAddress> listen, Map<String, String> credentials, Cors cors,
            Map<String, String> headers, Limits limits) {
        this(listen, credentials, cors, headers, limits, Manner.API);
    }

    public HttpConfig {
        listen = List.copyOf(listen);
        credentials = Map.copyOf(credentials);
        headers = Map.copyOf(headers);
        if (listen.isEmpty()) {
            throw new IllegalArgumentException("nowhere to listen");
        }
        if (credentials.entrySet().stream().anyMatch(e -> e.getKey().isEmpty() || e.getValue().isEmpty())) {
            throw new IllegalArgumentException("an empty user name or password");
        }
    }

    /** Defaults, at the given addresses. */
    public static HttpConfig at(ListenAddress... listen) {
        return new HttpConfig(List.of(listen), Map.of(), Cors.NONE, Map.of(), Limits.DEFAULT);
    }

    /** Whether it is open to other machines and asks for no password; such a configuration is not started. */
    public boolean isOpenToOthers() {
        return credentials.isEmpty() && !manner.open() && !listen.stream().allMatch(ListenAddress::isLocal);
    }

    /** Whether a request's {@code Host} is to be checked, since only the machine's own programs are meant to reach it. */
    boolean checksHost() {
        return credentials.isEmpty()
                && listen.stream().allMatch(ListenAddress::isLocal)
                && listen.stream().anyMatch(address -> address instanceof ListenAddress.Tcp);
    }

    @Override
    public String toString() {
        return "HttpConfig[listen=" + listen + ", users=" + credentials.keySet() + ", cors=" + cors + ", limits="
                + limits + "]";
    }

    /**
     * What sort of interface it is.
     *
     * @param open whether other machines may use it without credentials, since it only reads and shows what anybody may see
     * @param exact whether a slash at the end of a path matters; otherwise a request with one is sent on to the path without
     * @param ownerOnly whether its sockets in the file system are for the process's own user alone
     */
    public record Manner(boolean open, boolean exact, boolean ownerOnly) {

        /** With credentials for other machines, paths without a last slash, sockets as the system makes them. */
        public static final Manner API = new Manner(false, false, false);
    }

    /**
     * What clients may take.
     *
     * @param requestLine longest request line, in bytes; too small refuses pins with many allocations
     * @param header all headers together, in bytes
     * @param connections open at once; too small keeps clients waiting
     * @param stall longest wait for the rest of a request's head, for more of its body, or for the client to read the
     *        answer on
     * @param idle after which an unused connection is closed
     */
    public record Limits(int requestLine, int header, int connections, Duration stall, Duration idle) {

        /** Enough for every request of the API. */
        public static final Limits DEFAULT = new Limits(32 * 1024, 16 * 1024, 1024, Duration.ofSeconds(30),
                Duration.ofMinutes(2));
    }
}
