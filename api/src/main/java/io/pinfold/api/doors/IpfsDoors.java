package io.pinfold.api.doors;

import io.pinfold.api.gateway.GatewayApi;
import io.pinfold.api.gateway.GatewayLimits;
import io.pinfold.api.http.Cors;
import io.pinfold.api.http.HttpConfig;
import io.pinfold.api.http.HttpConfig.Manner;
import io.pinfold.api.http.HttpServer;
import io.pinfold.api.http.ListenAddress;
import io.pinfold.api.http.Router;
import io.pinfold.api.kubo.KuboApi;
import io.pinfold.follower.assembly.NodeHolder;
import io.pinfold.follower.config.DoorsConfig;
import io.pinfold.ipfsnode.view.NodeView;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The doors of one embedded node that are open; none where content is kept elsewhere. */
public final class IpfsDoors implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(IpfsDoors.class);
    private static final Manner OF_OWNER = new Manner(false, true, true);
    private static final Manner OF_ALL = new Manner(true, true, false);

    private final List<HttpServer> servers = new ArrayList<>();

    private IpfsDoors() {}

    /** What came of opening. */
    public sealed interface Opened {

        /** They are open; the caller closes them before the node. */
        record Open(IpfsDoors doors) implements Opened {}

        /** A door of {@code key} cannot be opened at {@code address}; none is open. */
        record Refused(String key, String address, String why) implements Opened {}
    }

    /**
     * Opens what {@code config} says, and the socket at {@code socket}, whose folder is its owner's alone.
     *
     * <p>A socket that cannot be made, since its path is too long for the system, is left out with a warning.
     */
    public static Opened open(NodeHolder holder, DoorsConfig config, Path socket) {
        Optional<NodeView> node = holder.inside();
        if (node.isEmpty()) {
            if (!config.equals(DoorsConfig.NONE)) {
                LOG.warn("ipfs.api and ipfs.gateway count for the IPFS node within the peer only, and there is none");
            }
            return new Opened.Open(new IpfsDoors());
        }
        IpfsDoors doors = new IpfsDoors();
        Router api = KuboApi.routes(node.get(), holder.adding());
        if (doors.start(List.of(new ListenAddress.Unix(socket)), OF_OWNER,
                api) instanceof HttpServer.Started.Refused(ListenAddress _, String why)) {
            LOG.warn("no socket at {}: {}", socket, why);
        }
        if (config.isGatewayPublic()) {
            LOG.warn(
                    "ipfs.gateway listens at {}: other machines can read every block that is here and whose CID they know",
                    config.gateway());
        }
        Optional<Opened.Refused> refused = doors.open("ipfs.api", config.api(), OF_OWNER, api)
                .or(() -> doors.open("ipfs.gateway", config.gateway(), OF_ALL,
                        GatewayApi.routes(node.get(), GatewayLimits.DEFAULT, InstantSource.system())));
        if (refused.isPresent()) {
            doors.close();
            return refused.get();
        }
        return new Opened.Open(doors);
    }

    private Optional<Opened.Refused> open(String key, List<String> texts, Manner manner, Router router) {
        List<ListenAddress> addresses = new ArrayList<>();
        for (String text : texts) {
            switch (ListenAddress.parse(text)) {
                case Decoded.Ok<ListenAddress>(ListenAddress address) -> addresses.add(address);
                case Decoded.Refused<ListenAddress>(Refusal refusal) -> {
                    return Optional.of(new Opened.Refused(key, text, refusal.detail()));
                }
            }
        }
        if (!addresses.isEmpty()
                && start(addresses, manner,
                        router) instanceof HttpServer.Started.Refused(ListenAddress address, String why)) {
            return Optional.of(new Opened.Refused(key, address.toString(), why));
        }
        return Optional.empty();
    }

    private HttpServer.Started start(List<ListenAddress> addresses, Manner manner, Router router) {
        HttpServer.Started started = HttpServer.start(new HttpConfig(addresses, Map.of(), Cors.NONE, Map.of(),
                HttpConfig.Limits.DEFAULT, manner), router);
        if (started instanceof HttpServer.Started.Listening(HttpServer server)) {
            servers.add(server);
        }
        return started;
    }

    /** Where they are. */
    public List<ListenAddress> addresses() {
        return servers.stream().flatMap(server -> server.addresses().stream()).toList();
    }

    @Override
    public void close() {
        servers.forEach(HttpServer::close);
    }
}
