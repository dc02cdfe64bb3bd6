package io.pinfold.libp2p.pubsub.gossip;

import io.pinfold.multiformats.Bytes;
import java.util.List;

/** One frame of the protocol: subscriptions, messages and control, any of them empty. */
record Rpc(
        List<Subscription> subscriptions,
        List<WireMessage> messages,
        List<IHave> ihaves,
        List<List<Bytes>> iwants,
        List<String> grafts,
        List<Prune> prunes) {

    Rpc {
        subscriptions = List.copyOf(subscriptions);
        messages = List.copyOf(messages);
        ihaves = List.copyOf(ihaves);
        iwants = List.copyOf(iwants);
        grafts = List.copyOf(grafts);
        prunes = List.copyOf(prunes);
    }

    /** The sender wants a topic's messages, or no longer. */
    record Subscription(boolean subscribe, String topic) {}

    /** The sender has these messages of a topic. */
    record IHave(String topic, List<Bytes> ids) {
        IHave {
            ids = List.copyOf(ids);
        }
    }

    /** The sender leaves our mesh of a topic, and wants no graft for so many seconds (0: not said). */
    record Prune(String topic, long backoffSeconds) {}

    static Rpc subscriptions(List<Subscription> subscriptions) {
        return new Rpc(subscriptions, List.of(), List.of(), List.of(), List.of(), List.of());
    }

    static Rpc messages(List<WireMessage> messages) {
        return new Rpc(List.of(), messages, List.of(), List.of(), List.of(), List.of());
    }

    static Rpc ihave(String topic, List<Bytes> ids) {
        return new Rpc(List.of(), List.of(), List.of(new IHave(topic, ids)), List.of(), List.of(), List.of());
    }

    static Rpc iwant(List<Bytes> ids) {
        return new Rpc(List.of(), List.of(), List.of(), List.of(List.copyOf(ids)), List.of(), List.of());
    }

    static Rpc graft(String topic) {
        return new Rpc(List.of(), List.of(), List.of(), List.of(), List.of(topic), List.of());
    }

    static Rpc prune(String topic, long backoffSeconds) {
        return new Rpc(List.of(), List.of(), List.of(), List.of(), List.of(),
                List.of(new Prune(topic, backoffSeconds)));
    }

    /** Whether losing this frame would break the mesh rather than delay a message. */
    boolean isUpkeep() {
        return !subscriptions.isEmpty() || !grafts.isEmpty() || !prunes.isEmpty();
    }
}
