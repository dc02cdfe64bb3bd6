package io.pinfold.cli.ctl.text;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The graph of the cluster in Graphviz's language: {@code C0} this peer, {@code T…} trusted ones, {@code C…} others, {@code I…} IPFS nodes. */
public final class GraphText implements TextForm {

    private static final String INDENT = "    ";

    @Override
    public String of(JsonNode graph) {
        Map<String, String> members = names(graph);
        Map<String, String> nodes = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder("digraph cluster {\n");
        members.forEach((id, name) -> {
            text.append(INDENT).append(name).append(" [label=");
            text.append(label(graph.path("id_to_peername").path(id).asString(""), id));
            text.append(name.equals("C0") ? " peripheries=2" : "").append("]\n");
            JsonNode node = graph.path("cluster_to_ipfs").path(id);
            if (node.isString()) {
                nodes.computeIfAbsent(node.asString(), _ -> "I" + nodes.size());
            }
        });
        nodes.forEach((id, name) -> text.append(INDENT)
                .append(name)
                .append(" [shape=box label=")
                .append(label("IPFS", id))
                .append("]\n"));
        members.forEach((id, name) -> {
            JsonNode node = graph.path("cluster_to_ipfs").path(id);
            if (node.isString()) {
                edge(text, name, String.valueOf(nodes.get(node.asString())));
            }
            graph.path("cluster_links").path(id).valueStream().forEach(other -> {
                String target = members.get(other.asString(""));
                if (target != null) {
                    edge(text, name, target);
                }
            });
        });
        graph.path("ipfs_links").properties().forEach(links -> links.getValue().valueStream().forEach(other -> {
            String from = nodes.get(links.getKey());
            String target = nodes.get(other.asString(""));
            if (from != null && target != null) {
                edge(text, from, target);
            }
        }));
        return text.append("}\n").toString();
    }

    private static Map<String, String> names(JsonNode graph) {
        String self = Fields.text(graph, "cluster_id");
        Map<String, String> names = new LinkedHashMap<>();
        names.put(self, "C0");
        int trusted = 0;
        int others = 1;
        for (String id : graph.path("id_to_peername").propertyNames()) {
            if (!id.equals(self)) {
                boolean isTrusted = graph.path("cluster_trust_links").path(id).asBoolean(false);
                names.put(id, isTrusted ? "T" + trusted++ : "C" + others++);
            }
        }
        return names;
    }

    private static void edge(StringBuilder text, String from, String to) {
        text.append(INDENT).append(from).append(" -> ").append(to).append('\n');
    }

    /** Two lines in quotation marks; names come from strangers. */
    private static String label(String name, String id) {
        return '"' + escaped(name) + "\\n" + escaped(id) + '"';
    }

    private static String escaped(String text) {
        return Fields.safe(text).replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
