package io.pinfold.api.json;

import io.pinfold.follower.view.Added;
import io.pinfold.multiformats.PeerId;
import tools.jackson.core.JsonGenerator;

/** The shape {@code AddedOutput}: what is told while files are put in. */
public final class AddedJson {

    private AddedJson() {}

    /** Writes one record. */
    public static void write(JsonGenerator json, Added added) {
        json.writeStartObject();
        switch (added) {
            case Added.Progress(String name, long bytes) -> progress(json, name, bytes);
            case Added.Archive(String name, long _, long bytes) -> progress(json, name, bytes);
            case Added.Entry entry -> {
                json.writeStringProperty("name", entry.name());
                json.writeStringProperty("cid", entry.cid().toString());
                json.writeNumberProperty("size", entry.size());
                if (!entry.allocations().isEmpty()) {
                    json.writeArrayPropertyStart("allocations");
                    for (PeerId peer : entry.allocations()) {
                        json.writeString(peer.toString());
                    }
                    json.writeEndArray();
                }
            }
        }
        json.writeEndObject();
    }

    private static void progress(JsonGenerator json, String name, long bytes) {
        json.writeStringProperty("name", name);
        json.writeNullProperty("cid");
        json.writeNumberProperty("bytes", bytes);
    }
}
