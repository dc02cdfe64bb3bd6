package io.pinfold.templates.source;

import io.pinfold.multiformats.Bytes;
import io.pinfold.templates.json.TemplateJson;
import java.io.IOException;
import java.io.InputStream;

/** Reads what could be a template, and no more. */
final class BoundedRead {

    private BoundedRead() {}

    static Fetched of(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(TemplateJson.MAX_BYTES + 1);
        return bytes.length > TemplateJson.MAX_BYTES
                ? new Fetched.Nothing(Fault.TOO_LARGE, "more than " + TemplateJson.MAX_BYTES + " bytes")
                : new Fetched.Content(Bytes.copyOf(bytes));
    }
}
