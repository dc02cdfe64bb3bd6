package io.pinfold.templates.json;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.templates.Template;

/** The JSON form of templates. */
public final class TemplateJson {

    /** Largest file. */
    public static final int MAX_BYTES = 256 << 10;

    /** The version of the format, in the member {@code pinfold_template}. */
    static final int VERSION = 1;

    private TemplateJson() {}

    /**
     * The template that {@code json} is, wholly.
     *
     * <p>Refused: TOO_LONG, TOO_DEEP, TOO_MANY beyond the bounds; MALFORMED for what is no JSON, lacks a member, has one twice,
     * or whose cluster is not the CID of its genesis; UNSUPPORTED for another version, and for members and settings that are
     * not known; whatever the genesis is refused for.
     */
    public static Decoded<Template> read(Bytes json) {
        return Decoded.attempt(() -> TemplateReader.read(json));
    }

    /** The JSON of {@code template}, for people too: the same for the same template. */
    public static Bytes write(Template template) {
        return TemplateWriter.write(template);
    }
}
