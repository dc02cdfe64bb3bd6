package io.pinfold.templates.source;

import io.pinfold.multiformats.Bytes;

/** Bytes that came from a source, or why none did. */
sealed interface Fetched {

    /** At most {@link io.pinfold.templates.json.TemplateJson#MAX_BYTES} of them. */
    record Content(Bytes bytes) implements Fetched {}

    /** None came. */
    record Nothing(Fault fault, String detail) implements Fetched {}
}
