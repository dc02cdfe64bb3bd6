package io.pinfold.follower.config;

import io.pinfold.follower.tracker.TrackerConfig;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every key there is. */
public final class Schema {

    private final ClusterSection cluster;
    private final TrustSection trust = new TrustSection();
    private final ChainSection chain = new ChainSection();
    private final PinningSection pinning = new PinningSection();
    private final IpfsSection ipfs = new IpfsSection();
    private final DoorsSection doors = new DoorsSection();
    private final TrackerSection tracker = new TrackerSection();
    private final RpcSection rpc = new RpcSection();
    private final RestSection rest = new RestSection();
    private final MonitorSection monitor = new MonitorSection();
    private final LogSection log = new LogSection();
    private final Map<String, Key<?>> byId = new LinkedHashMap<>();
    private final Map<String, Key<?>> byVariable = new LinkedHashMap<>();

    /** The keys, on a machine called {@code hostName}. */
    public Schema(String hostName) {
        this.cluster = new ClusterSection(hostName);
        for (Section<?> section : sections()) {
            for (Key<?> key : section.keys()) {
                byId.put(key.id(), key);
                byVariable.put(key.variable(), key);
            }
        }
    }

    private List<Section<?>> sections() {
        return List.of(cluster, trust, chain, pinning, ipfs, doors, tracker, rpc, rest, monitor, log);
    }

    /** Every key, section by section. */
    public List<Key<?>> keys() {
        return List.copyOf(byId.values());
    }

    /** The key called {@code id}. */
    public Optional<Key<?>> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The key that the environment variable {@code name} sets. */
    Optional<Key<?>> findVariable(String name) {
        return Optional.ofNullable(byVariable.get(name));
    }

    /** Whether keys begin with {@code prefix} and a dot. */
    boolean hasSection(String prefix) {
        return byId.keySet().stream().anyMatch(id -> id.startsWith(prefix + "."));
    }

    /** The names of all environment variables. */
    Iterable<String> variables() {
        return byVariable.keySet();
    }

    /** The names of all keys and sections. */
    Iterable<String> names() {
        Set<String> names = new LinkedHashSet<>(byId.keySet());
        for (String id : byId.keySet()) {
            for (int dot = id.indexOf('.'); dot > 0; dot = id.indexOf('.', dot + 1)) {
                names.add(id.substring(0, dot));
            }
        }
        return names;
    }

    /** Reports what does not go together, section by section. */
    void check(Settings settings) {
        sections().forEach(section -> section.check(settings));
    }

    /** The whole configuration. */
    PeerConfig build(Settings in) {
        TrackerConfig pins = tracker.build(in);
        return new PeerConfig(cluster.build(in), trust.build(in), chain.build(in),
                pinning.build(in).withPins(pins.work().concurrentPins()), ipfs.build(in), doors.build(in), pins,
                rpc.build(in),
                rest.build(in),
                monitor.build(in), log.build(in));
    }
}
