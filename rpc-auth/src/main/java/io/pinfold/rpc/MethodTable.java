package io.pinfold.rpc;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The one table of what peers may ask of each other; what is not in it is refused. */
public final class MethodTable {

    /** Most bytes of any request's body. */
    public static final int MAX_REQUEST_BYTES = 64 << 10;

    /** Most bytes of any answer item: a block of 1 MiB and what is said about it. */
    public static final int MAX_ITEM_BYTES = (1 << 20) + (32 << 10);

    private static final int SMALL_REQUEST = 1 << 10;
    private static final int HEAD_BYTES = 64 << 10;
    private static final int NAME_RECORD_BYTES = 10 << 10;

    /** Who the peer is, its addresses, and its IPFS node's. */
    public static final Method ID = new Method("id", Access.OPEN, SMALL_REQUEST, AnswerBounds.single(16 << 10),
            Duration.ofSeconds(10), new CallerLimits(4, 60));

    /** The best signed heads that the peer knows, one an item. */
    public static final Method CHAIN_HEAD = new Method("chain.head", Access.OPEN, SMALL_REQUEST,
            new AnswerBounds(64, HEAD_BYTES, 1 << 20), Duration.ofSeconds(10), new CallerLimits(4, 60));

    /** Blocks of the chain by height, one an item. */
    public static final Method CHAIN_RANGE = new Method("chain.range", Access.OPEN, SMALL_REQUEST,
            new AnswerBounds(4096, MAX_ITEM_BYTES, 64 << 20), Duration.ofSeconds(60), new CallerLimits(4, 120));

    /** What the peer's tracker says about one pin. */
    public static final Method PIN_STATUS = new Method("pin.status", Access.TRUSTED, SMALL_REQUEST,
            AnswerBounds.single(64 << 10), Duration.ofSeconds(15), new CallerLimits(16, 6000));

    /** Blocks by which keys signed twice with one number, in pairs, one block an item. */
    public static final Method EVIDENCE = new Method("evidence", Access.OPEN, 4 << 10,
            new AnswerBounds(128, MAX_ITEM_BYTES, 16 << 20), Duration.ofSeconds(30), new CallerLimits(1, 6));

    /** The newest record of an IPNS name that the peer keeps. */
    public static final Method NAME_RECORD = new Method("name.record", Access.OPEN, SMALL_REQUEST,
            AnswerBounds.single(NAME_RECORD_BYTES), Duration.ofSeconds(10), new CallerLimits(4, 60));

    /** Hands over a record of an IPNS name to be kept. */
    public static final Method NAME_KEEP = new Method("name.keep", Access.TRUSTED, NAME_RECORD_BYTES + SMALL_REQUEST,
            AnswerBounds.single(0), Duration.ofSeconds(10), new CallerLimits(4, 60));

    private static final MethodTable STANDARD = of(ID, CHAIN_HEAD, CHAIN_RANGE, PIN_STATUS, EVIDENCE, NAME_RECORD,
            NAME_KEEP);

    private final Map<String, Method> methods;

    private MethodTable(Map<String, Method> methods) {
        this.methods = Collections.unmodifiableMap(methods);
    }

    /** The table of this version of Pinfold. */
    public static MethodTable standard() {
        return STANDARD;
    }

    /** A table of {@code methods}, whose names must differ. */
    public static MethodTable of(Method... methods) {
        Map<String, Method> byName = new LinkedHashMap<>();
        for (Method method : List.of(methods)) {
            if (byName.put(method.name(), method) != null) {
                throw new IllegalArgumentException("twice in the table: " + method.name());
            }
        }
        return new MethodTable(byName);
    }

    /** The method called {@code name}. */
    public Optional<Method> find(String name) {
        return Optional.ofNullable(methods.get(name));
    }

    /** Every method, in the table's order. */
    public Collection<Method> methods() {
        return methods.values();
    }
}
